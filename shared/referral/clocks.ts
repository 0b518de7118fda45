import type { ClockName } from '../../events/deadline.ts';
import type { Instant, Office } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import type { Context, Urgencies } from './command.ts';
import { closedForGood } from './consent.ts';
import { type Leaving, leavingOf, voidOf } from './leaving.ts';
import { choiceFor, lineStatus } from './lines.ts';
import { isAsked, isOpen, isServing } from './offers.ts';
import { countryOf } from './order.ts';
import { deskOf, holdPauses, questionPauses } from './pauses.ts';
import { askedSince, known, madeOf, roundOf, waitingSince } from './since.ts';
import { endOf, type Pause, type Span } from './spans.ts';
import type { Offer, Referral } from './state.ts';

/** Something that an office owes: half its time, when it is due, and one and a half times. None while it stands still. */
export type Clock = {
  readonly clock: ClockName;
  readonly owes: Office;
  readonly offer?: OfferId;
  readonly line?: LineId;
  /** Grows whenever the clock starts anew for this offer or line. */
  readonly round: number;
  readonly half?: Instant | undefined;
  readonly due?: Instant | undefined;
  readonly over?: Instant | undefined;
  /** A day on the way is not confirmed. */
  readonly provisional: boolean;
};

type Running = Pick<Clock, 'clock' | 'owes' | 'offer' | 'line' | 'round'> & {
  readonly span: Span;
  readonly from: Instant;
  readonly pauses?: readonly Pause[];
};

/** All clocks that run, of both countries' offices. What a fact of the other country starts runs from when it came. */
export const clocksOf = (referral: Referral, context: Context): Clock[] => {
  const row = context.codes.urgencies.find(({ code }) => code === referral.urgency);
  if (!row) return [];
  const running = [
    ...referral.offers.flatMap((offer) => ofOffer(referral, offer, row, context)),
    ...referral.lines.flatMap(({ id }) => ofLine(referral, id, row, context)),
    ...ofWithdrawals(referral, context),
  ];
  return running.map((one) => timed(one, context));
};

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

/** `clocks.json`, `withdrawal-confirm`: somebody must ask her whether it is her wish. */
const TO_CONFIRM: Span = { amount: 72, unit: 'hours', atLeastWorkingDays: 2 };

/** The sender asks her, or the helpline where the sender wrote the withdrawal down. */
const ofWithdrawals = (referral: Referral, context: Context): Running[] => {
  const { origin, sender, helplines, consent } = referral;
  const helpline = helplines.find((office) => countryOf(office) === origin) ?? sender;
  return consent.withdrawals.flatMap(({ at, office, settled }, i): Running[] =>
    settled
      ? []
      : [
          {
            clock: 'withdrawal-confirm',
            owes: office === sender ? helpline : sender,
            round: i + 1,
            span: TO_CONFIRM,
            from: known(at, context),
          },
        ],
  );
};

const ofOffer = (referral: Referral, offer: Offer, row: Urgencies, context: Context): Running[] => {
  if (isServing(offer)) return ofService(referral, offer, row, context);
  if (!isOpen(offer) || voidOf(referral, offer)) return [];
  const mine = { owes: offer.office, offer: offer.id, round: 1 };
  const from = known(madeOf(referral, offer), context);
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
  const begun = ({ from }: { from: string }) =>
    known(from === 'offer' || !offer.claim ? madeOf(referral, offer) : offer.claim, context);
  if (!isReached(referral, offer)) {
    const pausing = offer.holds.filter(({ pausesContact }) => pausesContact);
    const pauses = holdPauses(pausing, context);
    const span = row.firstContact;
    running.push({ ...mine, clock: 'first-contact', span, from: begun(span), pauses });
  }
  if (!offer.started && !offer.reported && referral.consent.feedback !== 'none') {
    const pauses = holdPauses(offer.holds, context);
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
  const confirmed = closedForGood(referral, offer.office);
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
