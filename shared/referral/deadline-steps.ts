import { offerIn } from './offers.ts';
import { knewSlot, positionOf } from './order.ts';
import { hasRead } from './receipts.ts';
import { marked as marks } from './referral-steps.ts';
import { roundBy } from './since.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';
import { watchedBy } from './watched.ts';
import { hasLines } from './within.ts';

type OnDeadline = 'deadline.reminded.v1' | 'deadline.missed.v1';

/** A clock is watched by the system of the country whose office owes. */
export const marked = (before: Referral, fact: Of<OnDeadline>): Referral | undefined => {
  const { clock, offer: id, line, hold, office } = fact.data;
  const offer = offerIn(before, id);
  const known =
    isOfReferral(before, fact) ||
    (line ? !id && hasLines(before, [line]) : offer && knewSlot(fact, offer.id));
  const watcher = watchedBy(clock, before, offer, office);
  // A safety hold is watched where it was raised, or in the origin once that office is done.
  const watches = fact.country === watcher || hold?.startsWith(fact.country);
  return known && fact.actor === `${fact.country}:system` && watches
    ? marks(before, fact)
    : undefined;
};

/** A clock of no offer and no line: a withdrawal’s, a safety hold’s, of her who has not arrived, a receipt’s of who was never asked. */
const isOfReferral = (referral: Referral, fact: Of<OnDeadline>): boolean => {
  const { clock, offer, line, hold, office, round } = fact.data;
  const { consent, safety, travel } = referral;
  if (offer || line) return false;
  if (clock === 'safety-review')
    return safety.holds.some(({ id }) => id === hold && knewSlot(fact, id));
  if (hold) return false;
  if (office) return clock === 'receipt' && hasRead(referral, office, positionOf(fact));
  if (clock === 'withdrawal-confirm')
    return consent.withdrawals.some(({ at }) => roundBy(referral, at) === round);
  return clock === 'not-arrived-follow-up' && round <= travel.missing.length;
};
