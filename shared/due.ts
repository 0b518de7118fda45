import type { Instant, Ref } from '../events/envelope.ts';
import type { PlanId } from '../events/referral.ts';
import { askAgainAt } from './ask-again.ts';
import { contextOf } from './context.ts';
import { Refused } from './errors.ts';
import { handle, type World } from './handle.ts';
import type { Command, Context } from './referral/command.ts';
import { unconfirmedSince, wakeAt } from './referral/deadlines.ts';
import { eraseAt, mustErase } from './referral/destroying.ts';
import { dueNext, isForGood } from './referral/due.ts';
import { fold } from './referral/fold.ts';
import { asksNext, planToAsk } from './referral/overdue.ts';
import type { State } from './referral/state.ts';
import { inDirectory } from './referral/suspension.ts';

const MOST_STEPS = 20;

type Done = {
  readonly steps: number;
  readonly setAside: readonly string[];
  /** When the next thing falls due by the clock. */
  readonly next?: Instant | undefined;
  /** Since when something that cannot be undone waits for the other country, or for code that knows a newer fact. */
  readonly waits?: Instant | undefined;
  /** Since when something is to be destroyed that stands. */
  readonly stands?: Instant | undefined;
  /** The gate did not say whether a planned arrival is overdue. */
  readonly unanswered: boolean;
  /** What was refused though it is due; all else was done. */
  readonly refused: readonly Refusal[];
};

type Refusal = { readonly due: Command; readonly error: Refused };

type Others = {
  /** Whether both countries hold the same facts of a subject right now (`agrees-on.ts`). */
  readonly agrees: (subject: Ref) => Promise<boolean>;
  /** Has the vault destroy what it holds; `agreed`: when the other country did, where that is needed (`vault/erase.ts`). */
  readonly erase: (message: { subject: Ref; agreed?: Instant }) => Promise<void>;
  /** Whether the date of a plan, sealed here, is over: the gate's yes or no, nothing when it does not answer. */
  readonly overdue: (ref: Ref, plan: PlanId) => Promise<boolean | undefined>;
};

/** Does, as the country's system, one thing after the other until nothing is due; tells how many, and what went wrong. */
export const doWhatIsDue = async (world: World, ref: Ref, others: Others): Promise<Done> => {
  const refused: Refusal[] = [];
  const lookedAgain: Command[] = [];
  const isGivenUp = (due: Command) => refused.some((before) => isSame(before.due, due));
  for (let steps = 0; ; steps += 1) {
    const log = await world.ledger.load(ref);
    const context = await contextOf(world, log);
    const state = inDirectory(fold(log.map(({ fact }) => fact)), context.offices);
    const usual = steps < MOST_STEPS ? dueNext(state, context, isGivenUp) : undefined;
    // The gate is asked once nothing else is due, but for what cannot be undone.
    const asks = (!usual || isForGood(usual)) && steps < MOST_STEPS;
    const arrival = asks ? await askArrival(state, context, others) : {};
    const due = arrival.due && !isGivenUp(arrival.due) ? arrival.due : usual;
    const { referral, setAside } = state;
    const next = soonest(referral && wakeAt(referral, context), arrival.next);
    const unanswered = arrival.unanswered ?? false;
    const told = { steps, setAside, unanswered, refused };
    if (!due) {
      const stands = await eraseIfDue(state, context, others);
      const waits = blockedSince(state, context);
      const again = [stands, waits].map((since) => since && askAgainAt(since, context.at));
      return { ...told, stands, waits, next: soonest(next, ...again) };
    }
    // A step of ours that the fold set aside would be written again without end.
    const last = `${ref}/${world.country}/${state.counts[world.country]}`;
    if (setAside.includes(last)) throw new Error('Our own last step was set aside');
    if (isForGood(due) && !(await others.agrees(ref))) {
      const waits = referral && unconfirmedSince(referral, context);
      const again = waits && askAgainAt(waits, context.at);
      return { ...told, waits, next: soonest(next, again) };
    }
    await handle(world, ref, due).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      // Somebody may have done it in the same moment: look once more.
      const once = error.status === 409 && !lookedAgain.some((before) => isSame(before, due));
      if (once) lookedAgain.push(due);
      else refused.push({ due, error });
    });
  }
};

type Arrival = {
  readonly due?: Command;
  readonly next?: Instant;
  readonly unanswered?: boolean;
};

/** What a planned arrival calls for, of which only the gate knows the date: a fact on its yes; else it is asked again. */
const askArrival = async (
  state: State,
  context: Context,
  { overdue }: Others,
): Promise<Arrival> => {
  const plan = planToAsk(state, context.country);
  if (!plan || !state.referral) return {};
  const answer = await overdue(state.referral.ref, plan.id);
  if (answer === undefined) return { unanswered: true, next: askAgainAt(plan.at.at, context.at) };
  if (!answer) return { next: asksNext(plan, context.at) };
  const caller = { system: context.country };
  return { due: { do: 'record-no-arrival', input: { plan: plan.id }, caller } };
};

/** Since when a withdrawal was to be confirmed here that a fact of a newer type holds up. */
const blockedSince = ({ referral, unknown }: State, context: Context): Instant | undefined =>
  unknown.length > 0 && referral?.origin === context.country
    ? unconfirmedSince(referral, context)
    : undefined;

/** Since when it was to be destroyed, if it is; only the vault's own fact says that it was, so that it is asked for again. */
const eraseIfDue = async (
  { referral, unknown }: State,
  context: Context,
  { agrees, erase }: Others,
): Promise<Instant | undefined> => {
  const at = referral && eraseAt(referral, context);
  if (!at || at > context.at) return undefined;
  if (mustErase(referral)) await erase({ subject: referral.ref });
  else if (unknown.length === 0 && (await agrees(referral.ref)))
    await erase({ subject: referral.ref, agreed: context.at });
  return at;
};

const soonest = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.flatMap((at) => at ?? []).toSorted()[0];

const isSame = (a: Command, b: Command): boolean => JSON.stringify(a) === JSON.stringify(b);
