import type { Cause, LineId, Next } from '../../events/referral.ts';
import { aboveOf } from './family.ts';
import { claimsOn, holderOf, isStopped, lineStatus, strictest } from './lines.ts';
import { isCovered, isOpen, isServing, requestsOn } from './offers.ts';
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
  const asked = offer.lines.filter((line) => requestsOn(referral, offer, line).length > 0);
  if (asked.length > 0) {
    const requests = asked.flatMap((line) => requestsOn(referral, offer, line));
    const shut = requests.some((request) => request.shut);
    return {
      lines: asked,
      cause: 'withdrawn',
      next: strictest(requests.map(({ next }) => next)),
      shut,
    };
  }
  if (!isCovered(referral, offer))
    return { lines: offer.lines, cause: 'consent', next: 'sender', shut: true };
  const orphaned = isOpen(offer) ? offer.lines.filter((l) => isOrphaned(referral, offer, l)) : [];
  if (orphaned.length > 0) return { lines: orphaned, cause: 'parent', next: 'none', shut: false };
  const elsewhere = offer.lines.filter((line) => isElsewhere(referral, offer, line));
  if (elsewhere.length > 0)
    return { lines: elsewhere, cause: 'placed-elsewhere', next: 'none', shut: false };
  const stopped = offer.lines.filter((line) => isStopped(referral, line));
  if (isOpen(offer) && stopped.length > 0)
    return { lines: stopped, cause: 'stopped', next: 'stop', shut: false };
  // Nobody is there to answer; where she was served already, the sender looks first.
  const next = isOpen(offer) ? 'next-office' : 'sender';
  return offer.suspended
    ? { lines: offer.lines, cause: 'suspended', next, shut: false }
    : undefined;
};

/** Whether the office that referred her onward has this line no more. */
const isOrphaned = (referral: Referral, offer: Offer, line: LineId): boolean => {
  const [parent] = aboveOf(referral, offer);
  return parent !== undefined && !(isServing(parent) && parent.lines.includes(line));
};

/** Whether a line that this offer names is another's by now; what is above it is no other. */
const isElsewhere = (referral: Referral, offer: Offer, line: LineId): boolean => {
  const family = [offer, ...aboveOf(referral, offer)];
  const holder = holderOf(referral, line);
  if (holder) return !family.includes(holder);
  if (!isOpen(offer)) return false;
  const claims = claimsOn(referral, line);
  if (claims.length > 0) return !claims.some((claim) => family.includes(claim));
  return lineStatus(referral, line) === 'closed';
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
  const asked = [offer, ...aboveOf(referral, offer)].some(({ requests }) => requests.length > 0);
  return asked ? 'refused' : 'none';
};
