import type { Cause, LineId, Next } from '../../events/referral.ts';
import { hasConsent } from './consent.ts';
import { holderOf, lineStatus, strictest } from './lines.ts';
import { isOpen, isServing, requestsOn } from './offers.ts';
import type { Offer, Referral } from './state.ts';

/** What an offer is to lose, and why. */
export type Leaving = {
  readonly lines: readonly LineId[];
  readonly cause: Cause;
  readonly next: Next;
  readonly shut: boolean;
};

/**
 * What the other country, or what happened elsewhere, asks of an offer. An open one is void: its owner's system cancels it.
 * One that serves is shown as asked to cancel, and its receiver answers: no service is ended behind its back.
 */
export const leavingOf = (referral: Referral, offer: Offer): Leaving | undefined => {
  if (!isOpen(offer) && !isServing(offer)) return undefined;
  if (referral.error) return { lines: offer.lines, cause: 'error', next: 'stop', shut: false };
  const asked = offer.lines.filter((line) => requestsOn(offer, line).length > 0);
  if (asked.length > 0) {
    const requests = asked.flatMap((line) => requestsOn(offer, line));
    const shut = requests.some((request) => request.shut);
    return {
      lines: asked,
      cause: 'withdrawn',
      next: strictest(requests.map(({ next }) => next)),
      shut,
    };
  }
  if (!hasConsent(referral, offer.office))
    return { lines: offer.lines, cause: 'consent', next: 'sender', shut: true };
  const elsewhere = offer.lines.filter((line) => isElsewhere(referral, offer, line));
  if (elsewhere.length > 0)
    return { lines: elsewhere, cause: 'placed-elsewhere', next: 'none', shut: false };
  const stopped = offer.lines.filter((line) => lineStatus(referral, line) === 'stopped');
  if (isOpen(offer) && stopped.length > 0)
    return { lines: stopped, cause: 'stopped', next: 'stop', shut: false };
  // Nobody is there to answer; where she was served already, the sender looks first.
  const next = isOpen(offer) ? 'next-office' : 'sender';
  return offer.suspended
    ? { lines: offer.lines, cause: 'suspended', next, shut: false }
    : undefined;
};

/** Whether a line that this offer names is another's by now. */
const isElsewhere = (referral: Referral, offer: Offer, line: LineId): boolean => {
  const status = lineStatus(referral, line);
  if (isOpen(offer)) return status === 'placed' || status === 'contested' || status === 'closed';
  const holder = holderOf(referral, line);
  return holder !== undefined && holder.id !== offer.id;
};

/** An open offer that its owner's system is about to cancel. */
export const voidOf = (referral: Referral, offer: Offer): Leaving | undefined =>
  isOpen(offer) ? leavingOf(referral, offer) : undefined;

/** A service that is asked to end some of its lines, or whose receiver refused what was asked. */
export const cancellationOf = (
  referral: Referral,
  offer: Offer,
): 'none' | 'requested' | 'refused' => {
  if (!isServing(offer)) return 'none';
  if (leavingOf(referral, offer)) return 'requested';
  return offer.requests.some(({ refused }) => refused) ? 'refused' : 'none';
};
