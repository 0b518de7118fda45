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
    offers: data.offers.map((offer) => newOffer({ ...offer, id: offer.offer, madeAt: time })),
    consent: {
      feedback: data.consent.feedback,
      contact: data.consent.contact,
      grants: data.consent.grants.map(({ grant, ...rest }) => ({ id: grant, ...rest })),
    },
    helplines: data.helplines,
  };
};

export const newOffer = (
  of: Pick<Offer, 'id' | 'office' | 'lines' | 'madeAt' | 'replaces'>,
): Offer => ({
  id: of.id,
  office: of.office,
  owner: countryOf(of.office),
  madeAt: of.madeAt,
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
  shut: false,
});

export const asked = (offer: Offer, { data }: Of<'offer.withdrawal-requested.v1'>): Offer => {
  const { lines, next = 'sender', shut = false } = data;
  return { ...offer, requests: [...offer.requests, { lines, next, shut }] };
};

export const accepted = (offer: Offer, { data }: Of<'offer.accepted.v1'>): Offer => {
  const lines = offer.lines.filter((line) => data.lines.includes(line));
  const left = data.left ?? [];
  return { ...offer, accepted: { lines, left }, lines, letGo: [...offer.letGo, ...left] };
};

export const declined = (offer: Offer, { data }: Of<'offer.declined.v1'>): Offer => ({
  ...offer,
  declined: { reason: data.reason, next: data.next },
  letGo: [...offer.letGo, ...offer.lines.map((line) => ({ line, next: data.next }))],
});

/** An offer loses single lines the same way, and ends when it has none left. */
export const cancelled = (offer: Offer, { data }: Of<'offer.cancelled.v1'>): Offer => {
  const lost = offer.lines.filter((line) => data.lines.includes(line));
  const lines = offer.lines.filter((line) => !lost.includes(line));
  return {
    ...offer,
    lines,
    ...(lines.length === 0 && { cancelled: data.cause }),
    shut: offer.shut || data.shut === true,
    letGo: [...offer.letGo, ...lost.map((line) => ({ line, next: data.next ?? 'sender' }))],
  };
};

export const progressed = (offer: Offer, { data, time }: Of<'service.progressed.v1'>): Offer => ({
  ...offer,
  visits: offer.visits + (data.kind === 'visit' ? 1 : 0),
  contactMade: offer.contactMade || data.kind === 'contact-made' || data.kind === 'visit',
  attempts:
    data.kind === 'contact-attempted' ? [...offer.attempts, time.slice(0, 10)] : offer.attempts,
});

export const closed = (offer: Offer, { data }: Of<'service.closed.v1'>): Offer => {
  const ends = data.lines.filter(({ line }) => offer.lines.includes(line));
  return { ...offer, closed: ends, letGo: [...offer.letGo, ...ends] };
};
