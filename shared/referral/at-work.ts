import type { Office } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import type { Caller } from './command.ts';
import { isOpen, isServing, isShut } from './offers.ts';
import { readersOf } from './receipts.ts';
import type { Offer, Referral } from './state.ts';

const withSender = (referral: Referral, which: (offer: Offer) => boolean): Office[] => {
  const working = referral.offers.filter((offer) => which(offer) && !isShut(referral, offer));
  return [...new Set([referral.sender, ...working.map(({ office }) => office)])];
};

/** The sender, and each office that waits to answer or serves, unless its access is closed. */
export const officesAtWork = (referral: Referral): Office[] =>
  withSender(referral, (offer) => isOpen(offer) || isServing(offer));

/**
 * Whether an office that was asked may have her safe contact in its papers: it read more than the summary, and may still hear
 * of her.
 */
export const mayHoldContact = (referral: Referral, office: Office): boolean => {
  const own = referral.offers.filter((offer) => offer.office === office);
  const isShutOut = own.length === 0 || own.some((offer) => isShut(referral, offer));
  const { reads } = referral.content;
  return !isShutOut && reads.some((read) => read.office === office && read.stage === 2);
};

/** Also who is done with her: what it wrote down is old once there is a new one. */
export const officesWithContact = (referral: Referral): Office[] => {
  const done = readersOf(referral).filter((office) => mayHoldContact(referral, office));
  return [...new Set([...officesAtWork(referral), ...done])];
};

export const isAtWork = (referral: Referral, office: Office): boolean =>
  officesAtWork(referral).includes(office);

/** The sender, or an office that has accepted and still serves her. */
export const isServingHer = (referral: Referral, office: Office): boolean =>
  withSender(referral, isServing).includes(office);

/** Refuses an office that is done with the referral, or whose access is closed. */
export const checkAtWork = (referral: Referral, caller: Caller) => {
  if ('office' in caller && isAtWork(referral, caller.office)) return;
  throw new Refused('not-allowed-now', 409, 'Your office has no open offer of this referral');
};

export const checkServing = (referral: Referral, caller: Caller) => {
  if ('office' in caller && isServingHer(referral, caller.office)) return;
  throw new Refused('not-allowed-now', 409, 'Your office must have accepted, and still serve her');
};
