import type { Instant, Ref } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import { Refused } from './errors.ts';
import { handle, type World } from './handle.ts';
import type { Context } from './referral/command.ts';
import { unconfirmedSince, wakeAt } from './referral/deadlines.ts';
import { eraseAt, mustErase } from './referral/destroying.ts';
import { dueNext, isForGood } from './referral/due.ts';
import { fold } from './referral/fold.ts';
import type { State } from './referral/state.ts';
import { inDirectory } from './referral/suspension.ts';

const MOST_STEPS = 20;

type Done = {
  readonly steps: number;
  readonly setAside: readonly string[];
  /** When the next thing falls due by the clock. */
  readonly next?: Instant | undefined;
  /** Since when something that cannot be undone waits for the other country. */
  readonly waits?: Instant | undefined;
  /** Since when something is to be destroyed that stands. */
  readonly stands?: Instant | undefined;
};

type Others = {
  /** Whether both countries hold the same facts of a subject right now (`agrees-on.ts`). */
  readonly agrees: (subject: Ref) => Promise<boolean>;
  /** Has the vault destroy what it holds; `agreed`: when the other country did, where that is needed (`vault/erase.ts`). */
  readonly erase: (message: { subject: Ref; agreed?: Instant }) => Promise<void>;
};

/** Does, as the country's system, one thing after the other until nothing is due; tells how many, and what the fold set aside. */
export const doWhatIsDue = async (world: World, ref: Ref, others: Others): Promise<Done> => {
  for (let steps = 0; ; steps += 1) {
    const log = await world.ledger.load(ref);
    const context = await contextOf(world, log);
    const state = inDirectory(fold(log.map(({ fact }) => fact)), context.offices);
    const due = steps < MOST_STEPS ? dueNext(state, context) : undefined;
    const { referral, setAside } = state;
    const next = referral && wakeAt(referral, context);
    if (!due) {
      const stands = await eraseIfDue(state, context, others);
      const again = stands && askAgainAt(stands, context.at);
      return { steps, setAside, stands, next: soonest(next, again) };
    }
    // A step of ours that the fold set aside would be written again without end.
    const last = `${ref}/${world.country}/${state.counts[world.country]}`;
    if (setAside.includes(last)) throw new Error('Our own last step was set aside');
    if (isForGood(due) && !(await others.agrees(ref))) {
      const waits = referral && unconfirmedSince(referral, context);
      return {
        steps,
        setAside,
        waits,
        next: soonest(next, waits && askAgainAt(waits, context.at)),
      };
    }
    await handle(world, ref, due).catch(ifNotByAnother);
  }
};

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

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After so many minutes it is asked again, then each whole hour: facts on their way arrive, a silent country is not pressed. */
const FIRST_MINUTES = [2, 4, 8, 15, 30];

/**
 * Counted from when it fell due, never from now: a wake-up too many then sets the one that is set already. Else each would
 * be followed by others of its own, more and more of them for as long as the other country is silent.
 */
const askAgainAt = (since: Instant, now: Instant): Instant => {
  const waited = Date.parse(now) - Date.parse(since);
  const first = FIRST_MINUTES.find((minutes) => minutes * MINUTE > waited);
  const pause = first ? first * MINUTE : (Math.floor(waited / HOUR) + 1) * HOUR;
  return new Date(Date.parse(since) + pause).toISOString() as Instant;
};

const soonest = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.flatMap((at) => at ?? []).toSorted()[0];

/** Somebody did it in the same moment: look again. */
const ifNotByAnother = (error: unknown) => {
  if (!(error instanceof Refused) || error.status !== 409) throw error;
};
