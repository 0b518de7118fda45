import type { Instant, Office } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { hasConsent, isClosedByHer } from './consent.ts';
import { aboveOf } from './family.ts';
import { countryOf, hadSeen } from './order.ts';
import { endOf, overridesIn } from './override.ts';
import type { Offer, Referral, Request } from './state.ts';

export type OfferStatus =
  | 'requested'
  | 'received'
  | 'accepted'
  | 'in-progress'
  | 'on-hold'
  | 'completed'
  | 'failed'
  | 'rejected'
  | 'cancelled'
  | 'expired';

export const statusOf = (offer: Offer): OfferStatus => {
  if (offer.closed) {
    const met = offer.handedOn.length > 0 || offer.closed.some((e) => e.state === 'completed');
    return met ? 'completed' : 'failed';
  }
  if (offer.cancelled) return 'cancelled';
  if (offer.declined || offer.withdrawn) return 'rejected';
  if (offer.expired) return 'expired';
  if (offer.held && !offer.held.over) return 'on-hold';
  if (offer.accepted) return offer.started ? 'in-progress' : 'accepted';
  return offer.acknowledged ? 'received' : 'requested';
};

const oneOf =
  (...statuses: OfferStatus[]) =>
  (offer: Offer): boolean =>
    statuses.includes(statusOf(offer));

/** It waits for the office's answer. */
export const isOpen = oneOf('requested', 'received');
/** The office serves her, or is about to. */
export const isServing = oneOf('accepted', 'in-progress', 'on-hold');

/** The sender owes an answer to a question. */
export const isAsked = (offer: Offer): boolean =>
  isOpen(offer) && offer.rounds.some(({ answered }) => !answered);

export const offerIn = (referral: Referral, id: OfferId | undefined): Offer | undefined =>
  referral.offers.find((offer) => offer.id === id);

/** The offers that this office made by referring onward. */
export const askedBy = (office: Office, referral: Referral): Offer[] =>
  referral.offers.filter(({ partOf }) => offerIn(referral, partOf)?.office === office);

/** Its receiver said that she wishes to go on, and had seen the request. */
export const hasRefused = ({ refusals }: Offer, request: Request): boolean =>
  refusals.some((at) => hadSeen(at, request));

/** What is asked of it: a request on an offer is one on every offer below it, until a receiver on the way refused. */
export const pendingOn = (referral: Referral, offer: Offer): readonly Request[] => {
  const way = [offer, ...aboveOf(referral, offer)];
  return way.flatMap(({ requests }, i) =>
    requests.filter((request) => !way.slice(0, i + 1).some((o) => hasRefused(o, request))),
  );
};

/** What is asked of it about a line that it may still hold. */
export const requestsOn = (referral: Referral, offer: Offer, line: LineId) =>
  pendingOn(referral, offer).filter(({ lines }) => lines.includes(line));

/**
 * Whether an override of the office's own country stands for her consent: it opens nothing that she withdrew, or that was
 * shut. With `at`, only until its time is over.
 */
export const isOverridden = (
  referral: Referral,
  { office }: Pick<Offer, 'office'>,
  at?: Instant,
): boolean =>
  overridesIn(referral, countryOf(office)).some((one) => at === undefined || endOf(one) > at) &&
  !isClosedByHer(referral, { office }) &&
  !isClosedTo(referral, office);

/** Her consent, or what stands for it where the offer was made: no override carries anything over the border. */
export const isCovered = (referral: Referral, offer: Offer): boolean =>
  hasConsent(referral, offer) ||
  (offer.made.country === offer.owner && isOverridden(referral, offer));

/** A withdrawal closes the gate for this offer and what is below it, `shut` for the office too. */
export const isShut = (referral: Referral, offer: Offer): boolean => {
  const withdrawn = [offer, ...aboveOf(referral, offer)].some(({ requests }) =>
    requests.some(({ withdrawal }) => withdrawal),
  );
  return withdrawn || !isCovered(referral, offer) || isClosedTo(referral, offer.office);
};

/** `shut` closes an office, and those of the offers below, until an offer to it by a fact that had seen it. */
export const isClosedTo = (referral: Referral, office: Office): boolean => {
  const { origin: country } = referral;
  const own = referral.offers.filter((offer) => offer.office === office);
  const family = own.flatMap((offer) => [offer, ...aboveOf(referral, offer)]);
  return family.some(
    ({ shutIn: seq }) =>
      seq !== undefined && !own.some(({ made }) => hadSeen(made, { country, seq })),
  );
};

/** The offer that a further one for these lines follows: naming a second line makes no chain shorter. */
export const previousOffer = (referral: Referral, lines: readonly LineId[]): Offer | undefined =>
  longestOf(
    referral,
    lines.map((line) => referral.offers.findLast(({ offered }) => offered.includes(line))),
  );

const MOST_IN_A_CHAIN = 5;

/** How many offers led to this one by `replaces` and `partOf`, itself included. */
const chainOf = (referral: Referral, offer: Offer | undefined): number =>
  offer ? 1 + chainOf(referral, offerIn(referral, offer.replaces ?? offer.partOf)) : 0;

/** Of these offers the one that most led to, the last of equals. */
export const longestOf = (
  referral: Referral,
  among: readonly (Offer | undefined)[],
): Offer | undefined =>
  referral.offers
    .filter((offer) => among.includes(offer))
    .toSorted((a, b) => chainOf(referral, a) - chainOf(referral, b))
    .at(-1);

/** Whether no further offer may follow this one. */
export const isLast = (referral: Referral, offer: Offer | undefined): boolean =>
  chainOf(referral, offer) >= MOST_IN_A_CHAIN;

/** Whether no further offer may follow the ones that these lines went through. */
export const isChainFull = (referral: Referral, lines: readonly LineId[]): boolean =>
  isLast(referral, previousOffer(referral, lines));
