import type { Cause, LineId, Next } from '../../events/referral.ts';
import { closedForGood } from './consent.ts';
import { aboveOf } from './family.ts';
import { lateOn } from './late.ts';
import { claimsOn, holderOf, isStopped, lineIn, lineStatus, strictest } from './lines.ts';
import { isCovered, isOpen, isServing, requestsOn } from './offers.ts';
import type { Moment, Offer, Referral } from './state.ts';

/** A line that an offer is to lose: why, where it goes, and what asked for it; nothing while that waits for her. */
export type Going = {
  readonly line: LineId;
  readonly cause: Cause;
  readonly next: Next;
  readonly shut: boolean;
  readonly since?: Moment | undefined;
};

/** Each line that the other country, or what happened elsewhere, asks of an offer. */
export const goingOf = (referral: Referral, offer: Offer): Going[] =>
  isOpen(offer) || isServing(offer)
    ? offer.lines.flatMap((line) => {
        const going = wayOut(referral, offer, line);
        return going ? [{ line, shut: false, ...going }] : [];
      })
    : [];

type Out = Omit<Going, 'line' | 'shut'> & { readonly shut?: boolean };

const wayOut = (referral: Referral, offer: Offer, line: LineId): Out | undefined => {
  if (referral.error) return { cause: 'error', next: 'stop', since: referral.erred };
  const requests = requestsOn(referral, offer, line);
  if (requests.length > 0)
    return {
      cause: 'withdrawn',
      next: strictest(requests.map(({ next }) => next)),
      shut: requests.some(({ shut }) => shut),
      since: earliest(requests),
    };
  if (!isCovered(referral, offer))
    return {
      cause: 'consent',
      next: 'sender',
      shut: true,
      since: closedForGood(referral, offer),
    };
  if (isOpen(offer) && isOrphaned(referral, offer, line)) return { cause: 'parent', next: 'none' };
  if (isElsewhere(referral, offer, line))
    return { cause: 'placed-elsewhere', next: 'none', since: heldSince(referral, offer, line) };
  const late = lateOn(referral, offer, line);
  if (late) return late;
  if (isOpen(offer) && isStopped(referral, line)) return { cause: 'stopped', next: 'stop' };
  // Nobody is there to answer; where she was served already, the sender looks first.
  if (offer.suspended)
    return { cause: 'suspended', next: isOpen(offer) ? 'next-office' : 'sender' };
  return undefined;
};

/** The origin's choice of another, or that one's own claim where no choice was needed; a suspension is no fact. */
const heldSince = (referral: Referral, offer: Offer, line: LineId): Moment | undefined => {
  const holder = holderOf(referral, line);
  if (!holder || offer.suspended) return undefined;
  const placed = lineIn(referral, line)?.placed;
  const chosen = [holder, ...aboveOf(referral, holder)].some(({ id }) => id === placed?.offer);
  return chosen ? placed : holder.claim;
};

/** All requests are the origin's. */
const earliest = (requests: readonly Moment[]): Moment | undefined =>
  requests.toSorted((a, b) => a.seq - b.seq)[0];

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
