import type { Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import { countryOf } from './order.ts';
import type { Offer, Referral } from './state.ts';

/** The fact of one type. */
export type Of<T extends ReferralFact['type']> = Extract<ReferralFact, { type: T }>;

export const submitted = (fact: Of<'referral.submitted.v1'>): Referral => {
  const { data, time } = fact;
  return {
    ref: fact.subject as Referral['ref'],
    origin: fact.country,
    reach: fact.reach,
    sender: fact.actor as string as Office,
    submittedAt: time,
    urgency: data.urgency,
    lines: data.lines.map(({ line, offices }) => ({ id: line, offices, stopped: false })),
    offers: data.offers.map((offer) =>
      newOffer({ ...offer, id: offer.offer, madeAt: time, madeIn: 1 }),
    ),
    consent: {
      feedback: data.consent.feedback,
      contact: data.consent.contact,
      grants: data.consent.grants.map(({ grant, ...rest }) => ({ id: grant, ...rest })),
    },
    helplines: data.helplines,
    error: false,
  };
};

type New = Pick<Offer, 'id' | 'office' | 'lines' | 'madeAt' | 'madeIn' | 'replaces'>;

export const newOffer = ({ id, office, lines, madeAt, madeIn, replaces }: New): Offer => ({
  id,
  office,
  owner: countryOf(office),
  madeAt,
  madeIn,
  offered: lines,
  lines,
  ...(replaces && { replaces }),
  acknowledged: false,
  asked: 0,
  answered: 0,
  started: false,
  holds: 0,
  reopenings: 0,
  requests: [],
  letGo: [],
  visits: 0,
  contactMade: false,
  attempts: [],
});

type Asks = Of<'offer.withdrawal-requested.v1'> | Of<'offer.cancellation-requested.v1'>;

export const requested = (offer: Offer, { data, seq, type }: Asks): Offer => {
  const { lines, next = 'sender', shut = false } = data;
  const withdrawal = type === 'offer.withdrawal-requested.v1';
  const requests = [...offer.requests, { lines, next, shut, withdrawal, seq }];
  return { ...offer, requests, ...(shut && { shutIn: seq }) };
};

export const accepted = (offer: Offer, fact: Of<'offer.accepted.v1'>): Offer => {
  const { lines, left = [] } = fact.data;
  const claim = { ...positionOf(fact), reopened: false };
  return { ...offer, accepted: { lines, left }, claim, lines, letGo: [...offer.letGo, ...left] };
};

const positionOf = ({ country, seq, seen }: ReferralFact) => ({ country, seq, seen });

/** All its lines go the same way. */
export const lettingGo = (
  offer: Offer,
  { reason, next }: NonNullable<Offer['declined']>,
  how: 'declined' | 'withdrawn',
): Offer => ({
  ...offer,
  [how]: { reason, next },
  letGo: [...offer.letGo, ...offer.lines.map((line) => ({ line, next }))],
});

/** An offer loses single lines the same way, and ends when it has none left. */
export const cancelled = (offer: Offer, { data, actor, seq }: Of<'offer.cancelled.v1'>): Offer => {
  const { next = 'sender', cause } = data;
  const lines = offer.lines.filter((line) => !data.lines.includes(line));
  // A system only repeats what a request had shut before.
  const shuts = data.shut === true && !actor.includes(':');
  return {
    ...offer,
    lines,
    ...(lines.length === 0 && { cancelled: cause }),
    ...(shuts && { shutIn: seq }),
    letGo: [...offer.letGo, ...data.lines.map((line) => ({ line, next }))],
  };
};

export const progressed = (offer: Offer, { data, time }: Of<'service.progressed.v1'>): Offer => ({
  ...offer,
  visits: offer.visits + (data.kind === 'visit' ? 1 : 0),
  contactMade: offer.contactMade || data.kind === 'contact-made' || data.kind === 'visit',
  attempts:
    data.kind === 'contact-attempted' ? [...offer.attempts, time.slice(0, 10)] : offer.attempts,
});

export const held = (offer: Offer, { data }: Of<'service.held.v1'>): Offer => ({
  ...offer,
  held: { ...(data.review && { review: data.review }), awaitsArrival: data.awaitsArrival },
  holds: offer.holds + 1,
});

export const resumed = ({ held: _, ...offer }: Offer): Offer => offer;

export const closed = (offer: Offer, { data, time }: Of<'service.closed.v1'>): Offer => ({
  ...resumed(offer),
  closed: data.lines,
  closedAt: time,
});

/** Back to the service; what its end said of the lines counts no more. */
export const reopened = (offer: Offer, fact: Of<'service.reopened.v1'>): Offer => {
  const { closed: _, closedAt: __, ...before } = offer;
  const claim = { ...positionOf(fact), reopened: true };
  return { ...before, started: true, claim, reopenings: offer.reopenings + 1 };
};

/** The origin's choice, which replaces an earlier one. */
export const placed = (
  referral: Referral,
  fact: Of<'line.placed.v1'>,
  offer: Offer['id'],
): Referral => {
  const choice = { ...positionOf(fact), offer };
  const place = (line: Referral['lines'][number]) =>
    line.id === fact.data.line ? { ...line, placed: choice } : line;
  return { ...referral, lines: referral.lines.map(place) };
};

export const stopped = (referral: Referral, { data }: Of<'line.stopped.v1'>): Referral => ({
  ...referral,
  lines: referral.lines.map((line) => (line.id === data.line ? { ...line, stopped: true } : line)),
});
