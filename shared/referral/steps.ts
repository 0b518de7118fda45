import type { Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import type { Next } from '../../events/referral.ts';
import { grantsOf } from './consent-steps.ts';
import { localTime } from './local-time.ts';
import { countryOf, momentOf, positionOf } from './order.ts';
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
    senders: [{ office: fact.actor as string as Office, since: momentOf(fact) }],
    submittedAt: time,
    urgency: data.urgency,
    lines: data.lines.map(({ line, offices }) => ({ id: line, offices, stopped: false })),
    offers: data.offers.map((offer) =>
      newOffer({ ...offer, id: offer.offer, made: positionOf(fact) }),
    ),
    consent: {
      feedback: data.consent.feedback,
      contact: data.consent.contact,
      grants: grantsOf(fact, data.consent.grants),
      lapsed: [],
      withdrawals: [],
      destroyed: false,
      records: [],
    },
    helplines: data.helplines,
    error: false,
    marks: [],
    rises: [],
    safety: { holds: [], proposals: [] },
    travel: { plans: [], arrivals: [], missing: [] },
    amendments: [],
    named: [],
    overrides: { proposals: [], approved: [] },
    content: { reads: [], erased: [], receipts: [], reported: [] },
  };
};

type New = Pick<Offer, 'id' | 'office' | 'lines' | 'made' | 'replaces' | 'partOf'>;

export const newOffer = ({ id, office, lines, made, replaces, partOf }: New): Offer => ({
  id,
  office,
  owner: countryOf(office),
  made,
  offered: lines,
  lines,
  ...(replaces && { replaces }),
  ...(partOf && { partOf }),
  acknowledged: false,
  rounds: [],
  expired: false,
  started: false,
  holds: [],
  reopenings: 0,
  requests: [],
  refusals: [],
  handedOn: [],
  letGo: [],
  visits: 0,
  contactMade: false,
  appointed: false,
  reported: false,
  attempts: [],
});

type Asks = Of<'offer.withdrawal-requested.v1'> | Of<'offer.cancellation-requested.v1'>;

export const requested = (offer: Offer, { data, country, seq, type, time }: Asks): Offer => {
  const { lines, next = 'sender', shut = false } = data;
  const withdrawal = type === 'offer.withdrawal-requested.v1';
  const asked = { country, seq, at: time };
  const request = { lines, next, shut, withdrawal, ...asked };
  const requests = [...offer.requests, request];
  return { ...offer, requests, ...(shut && { shutIn: seq }) };
};

export const accepted = (offer: Offer, fact: Of<'offer.accepted.v1'>): Offer => {
  const { lines, left = [] } = fact.data;
  const claim = { ...positionOf(fact), reopened: false };
  const since = momentOf(fact);
  const letGo = [...offer.letGo, ...left.map(({ line, next }) => ({ line, next, since }))];
  return { ...offer, accepted: { lines, left, since }, claim, lines, letGo };
};

/** A question; it also says that the offer was read. */
export const questioned = (offer: Offer, fact: Of<'offer.information-requested.v1'>): Offer => ({
  ...offer,
  acknowledged: true,
  rounds: [...offer.rounds, { asked: momentOf(fact) }],
});

export const answered = (offer: Offer, fact: Of<'offer.information-provided.v1'>): Offer => ({
  ...offer,
  rounds: offer.rounds.map((round, i) =>
    i < fact.data.round ? { answered: momentOf(fact), ...round } : round,
  ),
});

/** All its lines go the same way. */
export const lettingGo = (
  offer: Offer,
  fact: Of<'offer.declined.v1'> | Of<'offer.acceptance-withdrawn.v1'>,
): Offer => {
  const { reason, next } = fact.data;
  const how = fact.type === 'offer.declined.v1' ? 'declined' : 'withdrawn';
  return { ...offer, [how]: { reason, next }, letGo: lettingAllGo(offer, next, fact) };
};

/** Nobody answered in time: its lines go to the next office. */
export const expired = (offer: Offer, fact: Of<'offer.expired.v1'>): Offer => ({
  ...offer,
  expired: true,
  letGo: lettingAllGo(offer, 'next-office', fact),
});

const lettingAllGo = ({ letGo, lines }: Offer, next: Next, fact: ReferralFact) => [
  ...letGo,
  ...lines.map((line) => ({ line, next, since: momentOf(fact) })),
];

/** An offer loses single lines the same way, and ends when it has none left. */
export const cancelled = (offer: Offer, fact: Of<'offer.cancelled.v1'>): Offer => {
  const { data, actor, seq } = fact;
  const { next = 'sender', cause } = data;
  const answers = actor.includes(':') || actor === (offer.office as string);
  const since = momentOf(fact);
  const lines = offer.lines.filter((line) => !data.lines.includes(line));
  // Only the sender shuts: a system or a receiver repeats what a request had said, by another country's count perhaps.
  const shuts = data.shut === true && !answers;
  return {
    ...offer,
    lines,
    ...(lines.length === 0 && { cancelled: cause }),
    ...(shuts && { shutIn: seq }),
    letGo: [...offer.letGo, ...data.lines.map((line) => ({ line, next, since }))],
  };
};

export const progressed = (offer: Offer, { data, time }: Of<'service.progressed.v1'>): Offer => ({
  ...offer,
  visits: offer.visits + (data.kind === 'visit' ? 1 : 0),
  reported: true,
  appointed: offer.appointed || data.kind === 'appointment-scheduled',
  contactMade: offer.contactMade || data.kind === 'contact-made' || data.kind === 'visit',
  attempts:
    data.kind === 'contact-attempted'
      ? [...offer.attempts, localTime(offer.owner, time).date]
      : offer.attempts,
});

export const held = (offer: Offer, fact: Of<'service.held.v1'>): Offer => {
  const { review: until, awaitsArrival, pausesContact } = fact.data;
  const review = until && { review: until };
  const hold = { from: momentOf(fact), ...review, pausesContact };
  return { ...offer, held: { ...review, awaitsArrival }, holds: [...offer.holds, hold] };
};

export const resumed = ({ held, ...offer }: Offer, fact: ReferralFact): Offer => {
  const last = held && offer.holds.at(-1);
  if (!last) return offer;
  return { ...offer, holds: [...offer.holds.slice(0, -1), { until: momentOf(fact), ...last }] };
};

export const closed = (offer: Offer, fact: Of<'service.closed.v1'>): Offer => {
  const since = positionOf(fact);
  const lines = fact.data.lines.map(({ line, state, next }) => ({ line, state, next, since }));
  return { ...resumed(offer, fact), closed: lines, closedAt: fact.time };
};

/** Another office took lines over: the offer loses them, and ends with the last. */
export const handedOn = (offer: Offer, fact: Of<'service.closed.v1'>): Offer => {
  const named = fact.data.lines.map(({ line }) => line);
  const lines = offer.lines.filter((line) => !named.includes(line));
  const after = { ...offer, lines, handedOn: [...offer.handedOn, ...named] };
  return lines.length > 0 ? after : { ...resumed(after, fact), closed: [], closedAt: fact.time };
};

/** Back to the service; what its end said of the lines counts no more. */
export const reopened = (offer: Offer, fact: Of<'service.reopened.v1'>): Offer => {
  const { closed: _, closedAt: __, ...before } = offer;
  const claim = { ...positionOf(fact), reopened: true };
  return { ...before, started: true, claim, reopenings: offer.reopenings + 1 };
};

/** She wishes to go on: what the receiver had seen of the requests counts no more; what was shut stays shut. */
export const refused = (offer: Offer, fact: Of<'offer.cancellation-refused.v1'>): Offer => ({
  ...offer,
  refusals: [...offer.refusals, positionOf(fact)],
});
