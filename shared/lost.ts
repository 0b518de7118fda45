import type { Country, Instant } from '../events/envelope.ts';
import type { Counts } from './referral/order.ts';
import type { Slot } from './slots.ts';
import type { Seen } from './touched.ts';

/** What others are known to have. Absent: not asked, or no answer, so nothing counts as lost. */
export type Known = { readonly theirs?: Counts | undefined; readonly seen?: Seen | undefined };

const DAY = 24 * 3_600_000;
/** Webhooks are known as sent that long: publishing older facts again would send them again. */
const REMEMBERED = 90 * DAY;

/**
 * A subject's facts that nobody carries any more: `toPeer` our own ones that the peer lacks, `toBus` those of either
 * country that our own bus never carried. None is in both.
 */
export const lostIn = (
  slots: readonly Slot[],
  { theirs, seen }: Known,
  { country, minAgeSeconds, now }: { country: Country; minAgeSeconds: number; now: Instant },
): { toPeer: Slot[]; toBus: Slot[] } => {
  const age = ({ since }: Slot) => Date.parse(now) - Date.parse(since);
  const old = slots.filter((slot) => age(slot) >= minAgeSeconds * 1000);
  const lacks = (slot: Slot) =>
    theirs !== undefined &&
    slot.reach === 'both' &&
    slot.country === country &&
    slot.seq > theirs[country];
  const unseen = (slot: Slot) =>
    seen !== undefined && !seen[slot.country].has(slot.seq) && age(slot) < REMEMBERED;
  return {
    toPeer: old.filter(lacks),
    toBus: old.filter((slot) => !lacks(slot) && unseen(slot)),
  };
};
