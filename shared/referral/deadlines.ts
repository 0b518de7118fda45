import type { Instant } from '../../events/envelope.ts';
import type { Clock } from './clock.ts';
import { clocksOf } from './clocks.ts';
import type { Command, Context } from './command.ts';
import { aliveGrants, unsettled } from './consent.ts';
import { eraseAt } from './destroying.ts';
import { offerIn } from './offers.ts';
import { endOf, overridesIn } from './override.ts';
import { roundBy } from './since.ts';
import type { Mark, Offer, Referral, Withdrawal } from './state.ts';

/** What a country's system does by the clock, and from when. */
type Step = { readonly at: Instant; readonly clock: Clock; readonly command: Command };

/** Whether this round of a clock was reminded of, or missed, before. */
export const isMarked = (referral: Referral, clock: Clock, step: Mark['step']): boolean =>
  referral.marks.some(
    (mark) =>
      mark.step === step &&
      mark.clock === clock.clock &&
      mark.round === clock.round &&
      isAbout(referral, mark, clock),
  );

/** A receipt is owed by an office, whichever of its offers names it. */
const isAbout = (referral: Referral, mark: Mark, clock: Clock): boolean =>
  clock.clock === 'receipt'
    ? (mark.office ?? offerIn(referral, mark.offer)?.office) === clock.owes
    : mark.offer === clock.offer && mark.line === clock.line && mark.hold === clock.hold;

/** Each country watches the clocks of its own offices, so that nobody is without one while the line is cut. */
const stepsOf = (referral: Referral, context: Context): Step[] =>
  clocksOf(referral, context, context.country)
    .flatMap((clock) => stepsBy(clock, referral, context))
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));

const stepsBy = (clock: Clock, referral: Referral, { country, at }: Context): Step[] => {
  const caller = { system: country };
  const { half, due, over, offer } = clock;
  const input = { clock: clock.clock, ...aboutOf(clock) };
  const missed = isMarked(referral, clock, 'missed');
  const steps: Step[] = [];
  // A reminder is of no use once the time is over.
  if (half && due && at < due && !missed && !isMarked(referral, clock, 'reminded'))
    steps.push({ at: half, clock, command: { do: 'remind', input, caller } });
  if (due && !missed)
    steps.push({ at: due, clock, command: { do: 'miss-deadline', input, caller } });
  const act = overruled[clock.clock];
  if (act && over && offer)
    steps.push({ at: over, clock, command: { do: act, offer, input: {}, caller } });
  return steps;
};

/** What a clock is about, as its fact names it. */
export const aboutOf = ({ offer, line, hold, office }: Clock) => ({
  ...(offer && { offer }),
  ...(line && { line }),
  ...(hold && { hold }),
  ...(office && { office }),
});

/** What happens to an office that is silent for one and a half times its time. */
const overruled: Partial<Record<Clock['clock'], 'expire' | 'confirm-cancellation'>> = {
  decide: 'expire',
  cancellation: 'confirm-cancellation',
};

/** What this country's system must do by the clock now, the oldest first. */
export const dueSteps = (referral: Referral, context: Context): Step[] =>
  stepsOf(referral, context).filter(({ at }) => at <= context.at);

/** When the next thing falls due by the clock, a consent ends, or something is to be destroyed; nothing while none runs here. */
export const wakeAt = (referral: Referral, context: Context): Instant | undefined => {
  const isOrigin = referral.origin === context.country;
  const ofOrigin = isOrigin
    ? [
        ...aliveGrants(referral).map(({ expires }) => expires),
        ...toConfirm(referral, context).map(({ due }) => due),
      ]
    : [];
  const steps = stepsOf(referral, context).map(({ at }) => at);
  const overrides = overridesIn(referral, context.country).map(endOf);
  const erase = eraseAt(referral, context) ?? [];
  return [...steps, ...ofOrigin, ...overrides]
    .concat(erase)
    .toSorted()
    .find((at) => at > context.at);
};

/** The withdrawals that a desk has not settled, and when its time is over. */
const toConfirm = (referral: Referral, context: Context) => {
  if (unsettled(referral).length === 0) return [];
  return clocksOf(referral, context).flatMap(({ clock, round, due }) => {
    const withdrawal = referral.consent.withdrawals.find(
      ({ at }) => roundBy(referral, at) === round,
    );
    return clock === 'withdrawal-confirm' && due && withdrawal ? [{ withdrawal, due }] : [];
  });
};

/** Those whose time is over: the origin’s system confirms them, at full time, since nobody refuted them. */
export const unconfirmed = (referral: Referral, context: Context): Withdrawal[] =>
  (referral.origin === context.country ? toConfirm(referral, context) : [])
    .filter(({ due }) => due <= context.at)
    .map(({ withdrawal }) => withdrawal);

/** Since when the first of them waits. */
export const unconfirmedSince = (referral: Referral, context: Context): Instant | undefined =>
  toConfirm(referral, context)
    .map(({ due }) => due)
    .toSorted()
    .find((due) => due <= context.at);

/** Which rounds of an offer's clock the office was silent in for one and a half times its time. */
export const overRounds = (
  referral: Referral,
  offer: Offer,
  clock: Clock['clock'],
  context: Context,
): number[] =>
  clocksOf(referral, context)
    .filter((one) => one.clock === clock && one.offer === offer.id)
    .flatMap(({ over, round }) => (over !== undefined && over <= context.at ? [round] : []));

/** Whether it was so in any. */
export const isOver = (...asked: Parameters<typeof overRounds>): boolean =>
  overRounds(...asked).length > 0;
