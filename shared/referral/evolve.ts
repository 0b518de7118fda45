import type { OfferId, ReferralFact } from '../../events/referral.ts';
import { isOpen, statusOf } from './derive.ts';
import { countryOf } from './order.ts';
import type { Offer, Referral } from './state.ts';
import type { Of } from './steps.ts';
import * as steps from './steps.ts';

type Begins = Of<'referral.submitted.v1'>;
type Asks = Of<'offer.withdrawal-requested.v1'>;
type Answers = Exclude<
  ReferralFact,
  Begins | Asks | Of<'offer.made.v1'> | Of<'offer.cancelled.v1'>
>;

/** The referral after a fact, or nothing when the fact is to be set aside. Never throws, never refuses. */
export const evolve = (before: Referral | undefined, fact: ReferralFact): Referral | undefined => {
  if (fact.type === 'referral.submitted.v1') return before ? undefined : submitted(fact);
  if (!before || fact.reach !== before.reach) return undefined;
  if (fact.type === 'offer.made.v1') return made(before, fact);
  const offer = before.offers.find(({ id }) => id === fact.data.offer);
  const after = offer && hadSeen(fact, offer.id) && step(before, offer, fact);
  if (!after) return undefined;
  return { ...before, offers: before.offers.map((o) => (o === offer ? after : o)) };
};

/** Whether a fact knew the slot that an id is named after. */
const hadSeen = ({ country, seq, seen }: ReferralFact, id: OfferId): boolean => {
  const slot = Number(id.slice(2).split('-')[0]);
  return id.startsWith(country) ? slot < seq : slot <= seen;
};

const submitted = (fact: Begins): Referral | undefined => {
  const { seq, seen, actor, country } = fact;
  const first = seq === 1 && seen === 0;
  const byAnOffice = !actor.includes(':') && countryOf(actor) === country;
  return first && byAnOffice ? steps.submitted(fact) : undefined;
};

/** Only the origin makes offers, by its sender or its system, for lines that the referral has. */
const made = (before: Referral, fact: Of<'offer.made.v1'>): Referral | undefined => {
  const { country, seq, actor, data } = fact;
  const known = data.lines.every((line) => before.lines.some(({ id }) => id === line));
  const allowed = actor === (before.sender as string) || actor === `${country}:system`;
  if (country !== before.origin || !allowed || !known || data.offer !== `${country}${seq}-1`)
    return undefined;
  const offer = steps.newOffer({ ...data, id: data.offer, madeAt: fact.time });
  return { ...before, offers: [...before.offers, offer] };
};

/** A step of one offer, judged by its owner's own steps alone, so that no fold changes its mind. */
const step = (
  referral: Referral,
  offer: Offer,
  fact: Asks | Of<'offer.cancelled.v1'> | Answers,
): Offer | undefined => {
  const { actor, country } = fact;
  const bySender = actor === (referral.sender as string);
  if (fact.type === 'offer.withdrawal-requested.v1')
    return bySender && country !== offer.owner ? steps.asked(offer, fact) : undefined;
  if (country !== offer.owner) return undefined;
  if (fact.type === 'offer.cancelled.v1') {
    const allowed = bySender || actor === `${country}:system`;
    return allowed && isOpen(offer) ? steps.cancelled(offer, fact) : undefined;
  }
  return actor === (offer.office as string) ? answered(offer, fact) : undefined;
};

/** The receiver's own steps: what may follow what. */
const answered = (offer: Offer, fact: Answers): Offer | undefined => {
  const status = statusOf(offer);
  const serving = status === 'accepted' || status === 'in-progress';
  switch (fact.type) {
    case 'offer.acknowledged.v1':
      return status === 'requested' ? { ...offer, acknowledged: true } : undefined;
    case 'offer.accepted.v1':
      return isOpen(offer) ? steps.accepted(offer, fact) : undefined;
    case 'offer.declined.v1':
      return isOpen(offer) ? steps.declined(offer, fact) : undefined;
    case 'service.started.v1':
      return status === 'accepted' ? { ...offer, started: true } : undefined;
    case 'service.progressed.v1':
      return serving ? steps.progressed(offer, fact) : undefined;
    case 'service.closed.v1':
      return serving ? steps.closed(offer, fact) : undefined;
  }
};
