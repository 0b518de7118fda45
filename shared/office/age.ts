import type { Instant } from '../../events/envelope.ts';
import type { Capacity } from '../../events/office-entry.ts';
import type { OfficeState } from './fold.ts';

const DAY = 24 * 3600_000;
const CAPACITY_DAYS = 14;
const ENTRY_DAYS = 90;

const isOlder = (then: Instant, days: number, now: Instant) =>
  Date.parse(now) - Date.parse(then) > days * DAY;

/** What it says of its capacity, while that is not too old to be believed. */
export const capacityOf = ({ capacity }: OfficeState, now: Instant): Capacity | 'unknown' =>
  capacity && !isOlder(capacity.updated, CAPACITY_DAYS, now) ? capacity.status : 'unknown';

/** Whether somebody said lately that the entry is right. */
export const isAssured = ({ assured }: OfficeState, now: Instant): boolean =>
  !isOlder(assured, ENTRY_DAYS, now);
