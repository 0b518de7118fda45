import type { LineId, Next, OfferId } from '../../events/referral.ts';
import { isWithdrawnForGood } from './consent.ts';
import { aboveOf, belowOf } from './family.ts';
import { lateOn } from './late.ts';
import { hasRefused, isCovered, isOpen, isServing, requestsOn } from './offers.ts';
import { hadSeen, inOrder } from './order.ts';
import type { Line, Offer, Referral } from './state.ts';

export type LineStatus = 'open' | 'offered' | 'placed' | 'contested' | 'closed' | 'stopped';
export type ReferralStatus = 'active' | 'completed' | 'revoked' | 'entered-in-error';

/** From the mildest to the strictest. */
const strictness: readonly Next[] = ['none', 'next-office', 'sender', 'human', 'stop'];
export const strictest = (said: readonly Next[]): Next =>
  strictness.findLast((next) => said.includes(next)) ?? 'none';

const serves = (offer: Offer, line: LineId): boolean =>
  isServing(offer) && offer.lines.includes(line);

/** Whether an office further up serves the line still: what is below it is its own attempt, and no claim. */
export const isBelowHolder = (referral: Referral, offer: Offer, line: LineId): boolean =>
  aboveOf(referral, offer).some((above) => serves(above, line));

/** The strictest of what the ends of its offers said, and the requests on them once they no longer hold the line. */
export const wayOf = (referral: Referral, line: LineId): Next => {
  const counting = referral.offers.filter((offer) => !isBelowHolder(referral, offer, line));
  const said = counting.flatMap((offer) => {
    const ends = [...offer.letGo, ...(offer.closed ?? [])].filter((end) => end.line === line);
    const holds = offer.lines.includes(line) && (isOpen(offer) || isServing(offer));
    return [...ends, ...(holds ? [] : wishesOn(referral, offer, line))].map(({ next }) => next);
  });
  return strictest(said);
};

/** Its own requests, but for those that a receiver, this one or one below, refused and had seen. */
const wishesOn = (referral: Referral, offer: Offer, line: LineId) =>
  offer.requests.filter(
    (request) =>
      request.lines.includes(line) &&
      ![offer, ...belowOf(referral, offer)].some((o) => hasRefused(o, request)),
  );

/**
 * The offers whose acceptance of a line counts: one that is asked to leave does not while another is not. Two or more:
 * the line is contested, unless the origin chose (`holderOf`).
 */
export const claimsOn = (referral: Referral, line: LineId): Offer[] => {
  const all = referral.offers.filter(
    (offer) => serves(offer, line) && !isBelowHolder(referral, offer, line),
  );
  const staying = all.filter(
    (offer) =>
      requestsOn(referral, offer, line).length === 0 &&
      isCovered(referral, offer) &&
      !offer.suspended &&
      !lateOn(referral, offer, line),
  );
  return staying.length > 0 ? staying : all;
};

export const lineIn = (referral: Referral, id: LineId): Line | undefined =>
  referral.lines.find((line) => line.id === id);

/** The offer whose office serves this line; none while two claim it and the origin has not chosen. */
export const holderOf = (referral: Referral, line: LineId): Offer | undefined => {
  const claims = claimsOn(referral, line);
  if (claims.length < 2) return claims[0];
  const placed = lineIn(referral, line)?.placed;
  // A choice that had not seen a later reopening counts no more.
  const known = claims.every(({ claim }) => !claim?.reopened || (placed && hadSeen(placed, claim)));
  if (!known || !placed) return undefined;
  // What was placed with an office that referred her onward is placed with who took over.
  const chosen = claims.filter((claim) =>
    [claim, ...aboveOf(referral, claim)].some(({ id }) => id === placed.offer),
  );
  return chosen.length === 1 ? chosen[0] : undefined;
};

/** Whether this very choice stands. */
export const isPlaced = (
  referral: Referral,
  { line, offer }: { readonly line: LineId; readonly offer: OfferId },
): boolean =>
  lineIn(referral, line)?.placed?.offer === offer && holderOf(referral, line)?.id === offer;

/** Whom the origin's system chooses; nobody when it takes a supervisor, since two have begun. */
export const choiceFor = (referral: Referral, line: LineId): Offer | undefined => {
  const claims = claimsOn(referral, line);
  const begun = claims.filter(({ started }) => started);
  if (begun.length > 1) return undefined;
  const [first] = claims.toSorted((a, b) => (a.claim && b.claim ? inOrder(a.claim, b.claim) : 0));
  return begun[0] ?? first;
};

/** No further offer is made for it, and those not accepted are void; from an accepted one this takes nothing. */
export const isStopped = (referral: Referral, id: LineId): boolean =>
  referral.error ||
  isWithdrawnForGood(referral) ||
  Boolean(lineIn(referral, id)?.stopped) ||
  wayOf(referral, id) === 'stop';

export const lineStatus = (referral: Referral, id: LineId): LineStatus => {
  if (claimsOn(referral, id).length > 0) return holderOf(referral, id) ? 'placed' : 'contested';
  const ended = referral.offers.some((o) =>
    o.closed?.some((e) => e.line === id && e.next === 'none'),
  );
  if (ended && !referral.error) return 'closed';
  if (isStopped(referral, id)) return 'stopped';
  const offered = referral.offers.some((offer) => isOpen(offer) && offer.lines.includes(id));
  return offered ? 'offered' : 'open';
};

export const referralStatus = (referral: Referral): ReferralStatus => {
  if (referral.error) return 'entered-in-error';
  const lines = referral.lines.map(({ id }) => lineStatus(referral, id));
  if (!lines.every((status) => status === 'closed' || status === 'stopped')) return 'active';
  return lines.includes('closed') ? 'completed' : 'revoked';
};

/** Whether a further offer may name this line: nobody has it, or it is somebody else's chance beside (`parallel`). */
export const mayBeOffered = (referral: Referral, line: LineId, beside: boolean): boolean => {
  if (isStopped(referral, line)) return false;
  const status = lineStatus(referral, line);
  const holder = holderOf(referral, line);
  const leaving = holder && (holder.suspended || requestsOn(referral, holder, line).length > 0);
  return status === 'open' || (beside && (status === 'offered' || Boolean(leaving)));
};
