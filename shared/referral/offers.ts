import type { LineId, OfferId } from '../../events/referral.ts';
import { hasConsent } from './consent.ts';
import type { Offer, Referral } from './state.ts';

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
  if (offer.closed)
    return offer.closed.some(({ state }) => state === 'completed') ? 'completed' : 'failed';
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

/** What was asked of it about a line that it may still hold; what the receiver refused counts no more. */
export const requestsOn = (offer: Offer, line: LineId) =>
  offer.requests.filter(({ lines, refused }) => !refused && lines.includes(line));

/** A withdrawal closes the gate for this offer; `shut` closes it for the office, until an offer that had seen it. */
export const isShut = (referral: Referral, offer: Offer): boolean => {
  const own = referral.offers.filter(({ office }) => office === offer.office);
  const shut = Math.max(...own.map(({ shutIn = 0 }) => shutIn));
  const withdrawn =
    offer.requests.some(({ withdrawal }) => withdrawal) || !hasConsent(referral, offer.office);
  return withdrawn || shut > Math.max(...own.map(({ madeIn }) => madeIn));
};

/** The offer that a further one for these lines follows. */
export const previousOffer = (referral: Referral, lines: readonly LineId[]): Offer | undefined =>
  referral.offers.findLast(({ offered }) => offered.some((line) => lines.includes(line)));

const MOST_IN_A_CHAIN = 5;

/** How many offers led to this one by `replaces`, itself included. */
const chainOf = (referral: Referral, offer: Offer | undefined): number =>
  offer ? 1 + chainOf(referral, offerIn(referral, offer.replaces)) : 0;

/** Whether no further offer may follow the ones that these lines went through. */
export const isChainFull = (referral: Referral, lines: readonly LineId[]): boolean =>
  chainOf(referral, previousOffer(referral, lines)) >= MOST_IN_A_CHAIN;
