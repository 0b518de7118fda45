import type { Country, Instant } from '../../events/envelope.ts';
import { mustErase } from './destroying.ts';
import type { Plan } from './flags.ts';
import { referralStatus } from './lines.ts';
import { localTime } from './local-time.ts';
import { peerOf } from './order.ts';
import type { Referral, State } from './state.ts';
import { awaitedPlan, missingSince } from './travel.ts';

const DAY = 24 * 3_600_000;
/** `clocks.json`, `arrival-grace`: so many whole days after the planned one. */
const GRACE = 3 * DAY;

/** The plan whose date is sealed in this country, while nobody knows whether she arrived and the gate may look. */
export const planToAsk = ({ referral, unknown }: State, country: Country): Plan | undefined => {
  const plan = referral && awaitedPlan(referral);
  if (!plan || plan.country !== country || unknown.length > 0) return undefined;
  if (missingSince(referral)) return undefined;
  // A withdrawal that nobody confirmed must not silence the alarm: the answer is one bit, and no office reads it.
  return mustErase(referral) || referralStatus(referral) !== 'active' ? undefined : plan;
};

/** When the gate is asked next: once a day, counted from when the plan was made, since a time made of its date would tell it. */
export const asksNext = ({ at: { at } }: Plan, now: Instant): Instant => {
  const days = Math.floor((Date.parse(now) - Date.parse(at)) / DAY) + 1;
  return new Date(Date.parse(at) + days * DAY).toISOString() as Instant;
};

/** Whether the grace after this date (`2026-12-24`) has passed, by the calendar of the country where she is to arrive. */
export const isOverdue = (referral: Referral, date: string, at: Instant): boolean => {
  const last = new Date(Date.parse(date) + GRACE).toISOString().slice(0, 10);
  return localTime(destinationOf(referral), at).date > last;
};

/** A referral goes where she goes: to the other country, if it names both. */
const destinationOf = ({ origin, reach }: Referral): Country =>
  reach === 'both' ? peerOf(origin) : origin;
