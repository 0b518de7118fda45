import type { Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/referral.ts';
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
    lines: data.lines.map(({ line, offices }) => ({ id: line, offices })),
    offers: data.offers.map((offer) =>
      newOffer({ ...offer, id: offer.offer, madeAt: time, madeIn: 1 }),
    ),
    consent: {
      feedback: data.consent.feedback,
      contact: data.consent.contact,
      grants: data.consent.grants.map(({ grant, ...rest }) => ({ id: grant, ...rest })),
    },
    helplines: data.helplines,
  };
};

export const newOffer = (
  of: Pick<Offer, 'id' | 'office' | 'lines' | 'madeAt' | 'madeIn' | 'replaces'>,
): Offer => ({
  id: of.id,
  office: of.office,
  owner: countryOf(of.office),
  madeAt: of.madeAt,
  madeIn: of.madeIn,
  lines: of.lines,
  offered: of.lines,
  ...(of.replaces && { replaces: of.replaces }),
  acknowledged: false,
  started: false,
  requests: [],
  letGo: [],
  visits: 0,
  contactMade: false,
  attempts: [],
});

export const asked = (offer: Offer, { data, seq }: Of<'offer.withdrawal-requested.v1'>): Offer => {
  const { lines, next = 'sender', shut = false } = data;
  const requests = [...offer.requests, { lines, next, shut }];
  return { ...offer, requests, ...(shut && { shutIn: seq }) };
};

export const accepted = (offer: Offer, { data }: Of<'offer.accepted.v1'>): Offer => {
  const { lines, left = [] } = data;
  return { ...offer, accepted: { lines, left }, lines, letGo: [...offer.letGo, ...left] };
};

export const declined = (offer: Offer, { data }: Of<'offer.declined.v1'>): Offer => ({
  ...offer,
  declined: { reason: data.reason, next: data.next },
  letGo: [...offer.letGo, ...offer.lines.map((line) => ({ line, next: data.next }))],
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

export const closed = (offer: Offer, { data }: Of<'service.closed.v1'>): Offer => ({
  ...offer,
  closed: data.lines,
  letGo: [...offer.letGo, ...data.lines],
});
