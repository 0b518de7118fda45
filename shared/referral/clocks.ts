import type { Country, Instant } from '../../events/envelope.ts';
import type { LineId, Urgency } from '../../events/referral.ts';
import type { Clock, Running } from './clock.ts';
import { ofMissing, ofReceipts, ofSafety, ofWithdrawals } from './clocks-of-referral.ts';
import type { Context, Urgencies } from './command.ts';
import { closedForGood } from './consent.ts';
import { type Leaving, leavingOf, voidOf } from './leaving.ts';
import { choiceFor, lineStatus } from './lines.ts';
import { isAsked, isOpen, isServing } from './offers.ts';
import { countryOf } from './order.ts';
import { deskOf, holdPauses, joined, questionPauses, safetyPauses } from './pauses.ts';
import { askedSince, known, roundOf, waitingSince } from './since.ts';
import { endOf } from './spans.ts';
import type { Offer, Referral } from './state.ts';
import { arrivalOf, awaitedPlan } from './travel.ts';

/**
 * All clocks that run, of both countries’ offices or of one’s. What a fact of the other country starts runs from when it
 * came. A rise of the urgency starts them anew, and gives nobody more time than before.
 */
export const clocksOf = (referral: Referral, context: Context, of?: Country): Clock[] => {
  const { rises, urgency } = referral;
  const last = rises.at(-1);
  const risen = last && known(last.at, context);
  const running = clocksWith(urgency, risen, referral, context)
    .filter(({ owes }) => !of || countryOf(owes) === of)
    .map((one) => timed(one, context));
  if (!last) return running;
  const before = { ...referral, urgency: last.before, rises: rises.slice(0, -1) };
  return earlier(clocksOf(before, context, of), running);
};

const clocksWith = (
  urgency: Urgency,
  risen: Instant | undefined,
  referral: Referral,
  context: Context,
): Running[] => {
  const row = context.codes.urgencies.find(({ code }) => code === urgency);
  if (!row) return [];
  const running = [
    ...referral.offers.flatMap((offer) => ofOffer(referral, offer, row, context)),
    ...referral.lines.flatMap(({ id }) => ofLine(referral, id, row, context)),
    ...ofWithdrawals(referral, context),
    ...ofSafety(referral, context),
    ...ofMissing(referral, context),
    ...ofReceipts(referral, context),
  ];
  return risen ? running.map((one) => ({ ...one, from: laterOf(one.from, risen) })) : running;
};

const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);

/** Of the same clock by two urgencies, the one that is over first. */
const earlier = (before: readonly Clock[], now: readonly Clock[]): Clock[] =>
  now.map((clock) => {
    const { clock: name, offer, line, hold, office, round } = clock;
    const same = before.find(
      (b) =>
        b.clock === name &&
        b.offer === offer &&
        b.line === line &&
        b.hold === hold &&
        b.office === office &&
        b.round === round,
    );
    return same?.due && clock.due && same.due < clock.due ? same : clock;
  });

const timed = ({ span, from, pauses = [], ...clock }: Running, context: Context): Clock => {
  const run = { from, desk: deskOf(clock.owes, context), pauses };
  const end = (times: number) => endOf(span, times, run, context.workingDays);
  const due = end(1);
  return {
    ...clock,
    half: end(0.5)?.at,
    due: due?.at,
    over: end(1.5)?.at,
    provisional: due?.provisional ?? false,
  };
};

const ofOffer = (referral: Referral, offer: Offer, row: Urgencies, context: Context): Running[] => {
  if (isServing(offer)) return ofService(referral, offer, row, context);
  if (!isOpen(offer) || voidOf(referral, offer)) return [];
  const mine = { owes: offer.office, offer: offer.id, round: 1 };
  const from = known(offer.made, context);
  const pauses = questionPauses(referral, offer, row, context);
  const running: Running[] = [{ ...mine, clock: 'decide', span: row.decide, from, pauses }];
  if (!offer.acknowledged)
    running.push({ ...mine, clock: 'acknowledge', span: row.acknowledge, from });
  const asked = offer.rounds.at(-1)?.asked;
  if (asked && isAsked(offer))
    running.push({
      clock: 'answer',
      owes: referral.sender,
      offer: offer.id,
      round: offer.rounds.length,
      span: row.answer,
      from: known(asked, context),
    });
  return running;
};

const ofService = (
  referral: Referral,
  offer: Offer,
  row: Urgencies,
  context: Context,
): Running[] => {
  const mine = { owes: offer.office, offer: offer.id, round: 1 };
  const running: Running[] = [];
  if (offer.held?.review) running.push({ ...mine, ...reviewOf(offer, offer.held.review, context) });
  const leaving = leavingOf(referral, offer);
  if (leaving) {
    const from = leavingSince(referral, offer, leaving, context);
    return from
      ? [...running, { ...mine, clock: 'cancellation', span: row.cancellation, from }]
      : running;
  }
  // With a planned travel both count from her arrival, and stand still until then.
  const arrival = arrivalOf(referral);
  const begun = ({ from }: { from: string }) => {
    const start = from === 'offer' || !offer.claim ? offer.made : offer.claim;
    const at = known(start, context);
    return arrival ? laterOf(at, known(arrival, context)) : at;
  };
  const still = awaitedPlan(referral) ? [{ from: offer.made.at }] : undefined;
  if (!isReached(referral, offer)) {
    const pausing = offer.holds.filter(({ pausesContact }) => pausesContact);
    const pauses =
      still ?? joined([...holdPauses(pausing, context), ...safetyPauses(referral, context)]);
    const span = row.firstContact;
    running.push({ ...mine, clock: 'first-contact', span, from: begun(span), pauses });
  }
  if (!offer.started && !offer.reported && referral.consent.feedback !== 'none') {
    const pauses = still ?? holdPauses(offer.holds, context);
    const span = row.feedback;
    running.push({ ...mine, clock: 'feedback', span, from: begun(span), pauses });
  }
  return running;
};

/** When it was asked to end. A withdrawn or lapsed consent waits for her, not for a clock, until that is confirmed. */
const leavingSince = (
  referral: Referral,
  offer: Offer,
  { cause }: Leaving,
  context: Context,
): Instant | undefined => {
  if (cause === 'suspended') return offer.suspended;
  if (cause !== 'consent') return known(askedSince(referral, offer), context);
  const confirmed = closedForGood(referral, offer);
  return confirmed && known(confirmed, context);
};

/** Where she is to come herself, an appointment is as good as a contact. */
const isReached = ({ consent: { contact } }: Referral, offer: Offer): boolean => {
  const comes = contact === 'person-contacts-office' || contact === 'no-contact';
  return offer.started || offer.contactMade || (comes && offer.appointed);
};

const HOUR = 3_600_000;

/** A hold ends in nobody’s hands unless somebody looks again. */
const reviewOf = (offer: Offer, review: Instant, context: Context) => {
  const since = offer.holds.at(-1)?.from;
  const from = since ? known(since, context) : review;
  const amount = (Date.parse(review) - Date.parse(from)) / HOUR;
  return {
    clock: 'hold-review' as const,
    round: offer.holds.length,
    span: { amount, unit: 'hours' },
    from,
  };
};

/** The sender owes a line its next office; the choice between two that serve it already, where nobody else may choose. */
const ofLine = (
  referral: Referral,
  line: LineId,
  { place }: Urgencies,
  context: Context,
): Running[] => {
  const status = lineStatus(referral, line);
  const choice = status === 'contested' && !choiceFor(referral, line);
  if (status !== 'open' && !choice) return [];
  const from = waitingSince(referral, line, context);
  const round = roundOf(referral, line);
  return [{ clock: 'place', owes: referral.sender, line, round, span: place, from }];
};
