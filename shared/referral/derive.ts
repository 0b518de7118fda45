import type { Instant, Office } from '../../events/envelope.ts';
import type { Cause, LineId, Next, OfferId } from '../../events/referral.ts';
import type { Directory } from './command.ts';
import { directionTo } from './order.ts';
import type { Line, Offer, Referral } from './state.ts';

export type OfferStatus =
  | 'requested'
  | 'received'
  | 'accepted'
  | 'in-progress'
  | 'completed'
  | 'failed'
  | 'rejected'
  | 'cancelled';
export type LineStatus = 'open' | 'offered' | 'placed' | 'closed' | 'stopped';
export type ReferralStatus = 'active' | 'completed' | 'revoked';

export const statusOf = (offer: Offer): OfferStatus => {
  if (offer.closed)
    return offer.closed.some(({ state }) => state === 'completed') ? 'completed' : 'failed';
  if (offer.cancelled) return 'cancelled';
  if (offer.declined) return 'rejected';
  if (offer.accepted) return offer.started ? 'in-progress' : 'accepted';
  return offer.acknowledged ? 'received' : 'requested';
};

export const isOpen = (offer: Offer) => ['requested', 'received'].includes(statusOf(offer));
export const isServing = (offer: Offer) => ['accepted', 'in-progress'].includes(statusOf(offer));

/** A request that met a service stands until the receiver answers it or the offer ends. */
export const cancellationOf = (offer: Offer): 'none' | 'requested' =>
  isServing(offer) && offer.requests.length > 0 ? 'requested' : 'none';

/** A withdrawal closes the gate for this offer; `shut` closes it for the office, until an offer that had seen it. */
export const isShut = (referral: Referral, offer: Offer): boolean => {
  const own = referral.offers.filter(({ office }) => office === offer.office);
  const shut = Math.max(...own.map(({ shutIn = 0 }) => shutIn));
  return offer.requests.length > 0 || shut > Math.max(...own.map(({ madeIn }) => madeIn));
};

export const offerIn = (referral: Referral, id: OfferId | undefined): Offer | undefined =>
  referral.offers.find((offer) => offer.id === id);

const strictness: readonly Next[] = ['none', 'next-office', 'sender', 'human', 'stop'];

/** The strictest of what the ends of its offers said, and the requests on them once they no longer hold the line. */
export const wayOf = (referral: Referral, line: LineId): Next => {
  const said = referral.offers.flatMap((offer) => {
    const holds = offer.lines.includes(line) && (isOpen(offer) || isServing(offer));
    const asked = holds ? [] : offer.requests.filter(({ lines }) => lines.includes(line));
    return [...offer.letGo.filter((end) => end.line === line), ...asked].map(({ next }) => next);
  });
  return strictness.findLast((next) => said.includes(next)) ?? 'none';
};

/** The offer whose office serves this line. */
export const holderOf = (referral: Referral, line: LineId): Offer | undefined =>
  referral.offers.find((offer) => isServing(offer) && offer.lines.includes(line));

const closedBy = (referral: Referral, line: LineId) =>
  referral.offers.find((offer) =>
    offer.closed?.some((end) => end.line === line && end.next === 'none'),
  );

export const lineStatus = (referral: Referral, line: LineId): LineStatus => {
  if (holderOf(referral, line)) return 'placed';
  if (closedBy(referral, line)) return 'closed';
  if (wayOf(referral, line) === 'stop') return 'stopped';
  const offered = referral.offers.some((offer) => isOpen(offer) && offer.lines.includes(line));
  return offered ? 'offered' : 'open';
};

export const referralStatus = (referral: Referral): ReferralStatus => {
  const lines = referral.lines.map(({ id }) => lineStatus(referral, id));
  if (!lines.every((status) => status === 'closed' || status === 'stopped')) return 'active';
  return lines.includes('closed') ? 'completed' : 'revoked';
};

export type Void = {
  readonly lines: readonly LineId[];
  readonly cause: Cause;
  readonly next: Next;
  readonly shut: boolean;
};

/** What an open offer is about to lose, and why: its owner's system cancels it as soon as it hears. */
export const voidOf = (referral: Referral, offer: Offer): Void | undefined => {
  if (!isOpen(offer)) return undefined;
  const request = offer.requests.at(-1);
  const asked = offer.lines.filter((line) =>
    offer.requests.some(({ lines }) => lines.includes(line)),
  );
  if (request && asked.length > 0) {
    const next =
      strictness.findLast((n) => offer.requests.some((r) => r.next === n)) ?? request.next;
    return {
      lines: asked,
      cause: 'withdrawn',
      next,
      shut: offer.requests.some(({ shut }) => shut),
    };
  }
  const lost = (status: LineStatus) =>
    offer.lines.filter((l) => lineStatus(referral, l) === status);
  const placed = [...lost('placed'), ...lost('closed')];
  if (placed.length > 0)
    return { lines: placed, cause: 'placed-elsewhere', next: 'none', shut: false };
  const stopped = lost('stopped');
  return stopped.length > 0
    ? { lines: stopped, cause: 'stopped', next: 'stop', shut: false }
    : undefined;
};

/** Whether an unexpired grant lets this office see this stage. */
export const covers = (referral: Referral, office: Office, stage: 1 | 2, at: Instant): boolean =>
  referral.consent.grants.some(
    (grant) =>
      grant.office === office &&
      grant.direction === directionTo(referral.origin, office) &&
      grant.stages.includes(stage) &&
      grant.expires > at,
  );

/** The next office of a line's list that was not asked yet, may be asked and is covered. */
export const nextOffice = (
  referral: Referral,
  line: Line,
  { offices, at }: NextIn,
): Office | undefined =>
  line.offices.find((office) => {
    const asked = referral.offers.some((o) => o.office === office && o.offered.includes(line.id));
    const willing = offices[office]?.active && offices[office]?.takesReferrals;
    return !asked && willing && covers(referral, office, 1, at);
  });
type NextIn = { readonly offices: Directory; readonly at: Instant };

/** The offer that a further one for these lines follows. */
export const previousOffer = (referral: Referral, lines: readonly LineId[]): Offer | undefined =>
  referral.offers.findLast(({ offered }) => offered.some((line) => lines.includes(line)));

/** How many offers led to this one by `replaces`, itself included. */
const chainOf = (referral: Referral, offer: Offer | undefined): number =>
  offer ? 1 + chainOf(referral, offerIn(referral, offer.replaces)) : 0;

const MOST_IN_A_CHAIN = 5;

/** Whether no further offer may follow the ones that these lines went through. */
export const isChainFull = (referral: Referral, lines: readonly LineId[]): boolean =>
  chainOf(referral, previousOffer(referral, lines)) >= MOST_IN_A_CHAIN;
