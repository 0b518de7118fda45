import type { LineId, OfferId, ReferralFact } from '../../events/referral.ts';
import { isOpen, offerIn, statusOf } from './derive.ts';
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
  if (!writesForItself(fact)) return undefined;
  if (fact.type === 'referral.submitted.v1') return before ? undefined : submitted(fact);
  if (!before || fact.reach !== before.reach) return undefined;
  if (fact.type === 'offer.made.v1') return made(before, fact);
  const offer = before.offers.find(({ id }) => id === fact.data.offer);
  const after = offer && hadSeen(fact, offer.id) && step(before, offer, fact);
  if (!after) return undefined;
  return { ...before, offers: before.offers.map((o) => (o === offer ? after : o)) };
};

/** An office's facts are written in its own country, a system's by that system's country. */
const writesForItself = ({ actor, country }: ReferralFact): boolean =>
  actor.includes(':')
    ? actor.startsWith(country)
    : countryOf(actor) === country && actor !== (country as string);

/** Whether these lines are named once each and are all there. */
const within = (lines: readonly LineId[], all: readonly LineId[]): boolean =>
  new Set(lines).size === lines.length && lines.every((line) => all.includes(line));

/** Whether a fact knew the slot that an id is named after. */
const hadSeen = ({ country, seq, seen }: ReferralFact, id: OfferId): boolean => {
  const slot = Number(id.slice(2).split('-')[0]);
  return id.startsWith(country) ? slot < seq : slot <= seen;
};

const submitted = (fact: Begins): Referral | undefined => {
  const { seq, seen, actor, country, data } = fact;
  const lines = data.lines.map(({ line }) => line);
  const named = data.offers.every(({ offer }, i) => offer === `${country}1-${i + 1}`);
  const offered = data.offers.flatMap((offer) => offer.lines);
  const whole = within(lines, lines) && within(offered, lines) && named;
  return seq === 1 && seen === 0 && !actor.includes(':') && whole
    ? steps.submitted(fact)
    : undefined;
};

/** Only the origin makes offers, by its sender or its system, for lines that the referral has. */
const made = (before: Referral, fact: Of<'offer.made.v1'>): Referral | undefined => {
  const { country, seq, actor, data } = fact;
  const all = before.lines.map(({ id }) => id);
  const follows = data.replaces === undefined || offerIn(before, data.replaces) !== undefined;
  const allowed = actor === (before.sender as string) || actor === `${country}:system`;
  if (country !== before.origin || !allowed || !follows) return undefined;
  if (!within(data.lines, all) || data.offer !== `${country}${seq}-1`) return undefined;
  const offer = steps.newOffer({ ...data, id: data.offer, madeAt: fact.time, madeIn: seq });
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
    return bySender && country !== offer.owner && within(fact.data.lines, offer.offered)
      ? steps.asked(offer, fact)
      : undefined;
  if (country !== offer.owner) return undefined;
  if (fact.type === 'offer.cancelled.v1') {
    const allowed = bySender || actor === `${country}:system`;
    return allowed && isOpen(offer) && within(fact.data.lines, offer.lines)
      ? steps.cancelled(offer, fact)
      : undefined;
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
      return isOpen(offer) && within(answeredLines(fact), offer.lines)
        ? steps.accepted(offer, fact)
        : undefined;
    case 'offer.declined.v1':
      return isOpen(offer) ? steps.declined(offer, fact) : undefined;
    case 'service.started.v1':
      return status === 'accepted' ? { ...offer, started: true } : undefined;
    case 'service.progressed.v1':
      return serving ? steps.progressed(offer, fact) : undefined;
    case 'service.closed.v1':
      return serving &&
        within(
          fact.data.lines.map(({ line }) => line),
          offer.lines,
        )
        ? steps.closed(offer, fact)
        : undefined;
  }
};

const answeredLines = ({ data }: Of<'offer.accepted.v1'>): LineId[] => [
  ...data.lines,
  ...(data.left ?? []).map(({ line }) => line),
];
