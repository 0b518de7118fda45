import type { ReferralFact } from '../../events/facts.ts';
import * as consent from './consent-steps.ts';
import * as content from './content-steps.ts';
import * as deadline from './deadline-steps.ts';
import { named } from './naming-steps.ts';
import { isOpen, isServing, offerIn } from './offers.ts';
import { countryOf, knewSlot, positionOf } from './order.ts';
import * as override from './override-steps.ts';
import { isParty } from './parties.ts';
import { receiverStep } from './receiver-step.ts';
import * as whole from './referral-steps.ts';
import { handedOn, madeBelow } from './referred.ts';
import * as responsibility from './responsibility-steps.ts';
import * as safety from './safety-steps.ts';
import type { Offer, Referral } from './state.ts';
import type { Of } from './steps.ts';
import * as steps from './steps.ts';
import * as travel from './travel-steps.ts';
import { hasLines, within } from './within.ts';

/** The referral after a fact, or nothing when the fact is to be set aside. Never throws, never refuses. */
export const evolve = (before: Referral | undefined, fact: ReferralFact): Referral | undefined => {
  if (!writesForItself(fact)) return undefined;
  if (fact.type === 'referral.submitted.v1') return before ? undefined : submitted(fact);
  if (!before || fact.reach !== before.reach) return undefined;
  switch (fact.type) {
    case 'referral.entered-in-error.v1':
      return bySender(before, fact) ? whole.erred(before, fact) : undefined;
    case 'line.stopped.v1':
      return bySender(before, fact) && hasLines(before, [fact.data.line])
        ? whole.stopped(before, fact)
        : undefined;
    case 'line.placed.v1':
      return placed(before, fact);
    case 'offer.made.v1':
      return made(before, fact);
    case 'consent.recorded.v1':
      return consent.recorded(before, fact);
    case 'consent.withdrawn.v1':
      return isOfCase(before, fact) ? consent.withdrawn(before, fact) : undefined;
    case 'consent.withdrawal-confirmed.v1':
    case 'consent.withdrawal-refuted.v1':
      return consent.settled(before, fact);
    case 'consent.lapsed.v1':
      return consent.lapsed(before, fact);
    case 'deadline.reminded.v1':
    case 'deadline.missed.v1':
      return deadline.marked(before, fact);
    case 'safety-hold.raised.v1':
      return safety.raised(before, fact);
    case 'safety-hold.lift-proposed.v1':
      return safety.proposed(before, fact);
    case 'safety-hold.lifted.v1':
      return safety.lifted(before, fact);
    case 'travel.planned.v1':
      return travel.planned(before, fact);
    case 'person.arrived.v1':
      return travel.arrived(before, fact);
    case 'person.not-arrived.v1':
      return travel.missing(before, fact);
    case 'case-file.disclosed.v1':
      return content.disclosed(before, fact);
    case 'content.erased.v1':
      return content.erased(before, fact);
    case 'erasure.confirmed.v1':
      return content.receipted(before, fact);
    case 'report.given.v1':
      return bySender(before, fact) || isHelpline(before, fact)
        ? content.reported(before, fact)
        : undefined;
    case 'referral.amended.v1':
      return isParty(before, fact) ? whole.amended(before, fact) : undefined;
    case 'responsibility.proposed.v1':
      return responsibility.proposed(before, fact);
    case 'responsibility.moved.v1':
      return responsibility.moved(before, fact);
    case 'consent.override-proposed.v1':
      return override.overrideProposed(before, fact);
    case 'consent.overridden.v1':
      return override.overridden(before, fact);
    case 'consent.override-ended.v1':
      return override.overrideEnded(before, fact);
    case 'office.named.v1':
      return named(before, fact);
    default:
      return onOffer(before, fact);
  }
};

type OfOrigin = 'referral.submitted.v1' | 'referral.entered-in-error.v1' | 'offer.made.v1';
type OnDeadline = 'deadline.reminded.v1' | 'deadline.missed.v1';
type OnConsent = Extract<ReferralFact['type'], `consent.${string}`>;
type OnOffer = Exclude<
  Extract<ReferralFact, { data: { offer?: unknown } }>,
  Of<OfOrigin | OnDeadline | OnConsent | 'line.placed.v1'>
>;

/** An office's facts are written in its own country, a system's by that system's country. */
const writesForItself = ({ actor, country }: ReferralFact): boolean =>
  actor.includes(':')
    ? actor.startsWith(`${country}:`)
    : actor.startsWith(`${country}-`) && countryOf(actor) === country;

const bySender = ({ sender }: Referral, { actor }: ReferralFact) => actor === (sender as string);
const isHelpline = ({ helplines }: Referral, { actor }: ReferralFact) =>
  helplines.some((office) => actor === (office as string));
const bySystem = ({ actor, country }: ReferralFact) => actor === `${country}:system`;

/** The sender, an office that was asked, or a helpline that was named. */
const isOfCase = ({ sender, offers, helplines }: Referral, { actor }: ReferralFact): boolean =>
  [sender, ...helplines, ...offers.map(({ office }) => office)].some(
    (office) => actor === (office as string),
  );

const submitted = (fact: Of<'referral.submitted.v1'>): Referral | undefined => {
  const { seq, seen, actor, country, data } = fact;
  const lines = data.lines.map(({ line }) => line);
  const named = data.offers.every(({ offer }, i) => offer === `${country}1-${i + 1}`);
  const offered = data.offers.flatMap((offer) => offer.lines);
  const whole = within(lines, lines) && within(offered, lines) && named;
  return seq === 1 && seen === 0 && !actor.includes(':') && whole
    ? steps.submitted(fact)
    : undefined;
};

/** An offer of the origin, or one below another; its id follows from its slot. */
const made = (before: Referral, fact: Of<'offer.made.v1'>): Referral | undefined => {
  const { country, seq, data } = fact;
  const { replaces, partOf } = data;
  const known = !replaces || (offerIn(before, replaces) && knewSlot(fact, replaces));
  if (!known || data.offer !== `${country}${seq}-1`) return undefined;
  const offer = partOf ? madeBelow(before, fact) : madeByOrigin(before, fact);
  return offer && { ...before, offers: [...before.offers, offer] };
};

/** By its sender or its system, for lines that the referral has. */
const madeByOrigin = (before: Referral, fact: Of<'offer.made.v1'>): Offer | undefined => {
  const { data, country } = fact;
  const allowed = country === before.origin && (bySender(before, fact) || bySystem(fact));
  return allowed && hasLines(before, data.lines)
    ? steps.newOffer({ ...data, id: data.offer, made: positionOf(fact) })
    : undefined;
};

/** The origin's choice: an offer that it knew, and a line that was offered in it. */
const placed = (before: Referral, fact: Of<'line.placed.v1'>): Referral | undefined => {
  const offer = offerIn(before, fact.data.offer);
  const known = offer && knewSlot(fact, offer.id) && offer.offered.includes(fact.data.line);
  const allowed = fact.country === before.origin && (bySender(before, fact) || bySystem(fact));
  return known && allowed ? whole.placed(before, fact, offer.id) : undefined;
};

const onOffer = (before: Referral, fact: OnOffer): Referral | undefined => {
  const offer = offerIn(before, fact.data.offer);
  const after = offer && knewSlot(fact, offer.id) ? step(before, offer, fact) : undefined;
  if (!after) return undefined;
  return {
    ...before,
    offers: before.offers.map((o) => (o === offer ? travel.waiting(before, after) : o)),
  };
};

/** A step of one offer, judged by its owner's own steps alone, so that no fold changes its mind. */
const step = (referral: Referral, offer: Offer, fact: OnOffer): Offer | undefined => {
  const sender = bySender(referral, fact);
  switch (fact.type) {
    case 'offer.withdrawal-requested.v1':
    case 'offer.cancellation-requested.v1': {
      const abroad = fact.country !== offer.owner || fact.type !== 'offer.withdrawal-requested.v1';
      return sender && abroad && within(fact.data.lines, offer.offered)
        ? steps.requested(offer, fact)
        : undefined;
    }
    case 'offer.information-provided.v1':
      return sender && fact.data.round <= offer.rounds.length
        ? steps.answered(offer, fact)
        : undefined;
    case 'offer.expired.v1':
      return bySystem(fact) && fact.country === offer.owner && isOpen(offer)
        ? steps.expired(offer, fact)
        : undefined;
    case 'service.closed.v1':
      if (fact.country !== offer.owner) return undefined;
      return bySystem(fact) ? handedOn(referral, offer, fact) : receiverStep(offer, fact);
    case 'offer.cancelled.v1':
      if (fact.country !== offer.owner) return undefined;
      if ((!sender && !bySystem(fact)) || fact.data.cause === 'receiver')
        return receiverStep(offer, fact);
      return (isOpen(offer) || isOverruled(offer, fact)) && within(fact.data.lines, offer.lines)
        ? steps.cancelled(offer, fact)
        : undefined;
    default:
      return fact.country === offer.owner ? receiverStep(offer, fact) : undefined;
  }
};

/** A receiver who does not answer a request to cancel is overruled by the clock. */
const isOverruled = (offer: Offer, fact: Of<'offer.cancelled.v1'>): boolean =>
  bySystem(fact) && fact.data.cause === 'clock' && isServing(offer);
