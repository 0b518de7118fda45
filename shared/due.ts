import type { Instant, Ref } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import { Refused } from './errors.ts';
import { handle, type World } from './handle.ts';
import { unconfirmedSince, wakeAt } from './referral/deadlines.ts';
import { dueNext, isForGood } from './referral/due.ts';
import { fold } from './referral/fold.ts';
import { inDirectory } from './referral/suspension.ts';

const MOST_STEPS = 20;

type Done = {
  readonly steps: number;
  readonly setAside: readonly string[];
  /** When the next thing falls due by the clock. */
  readonly next?: Instant | undefined;
  /** Since when something that cannot be undone waits for the other country. */
  readonly waits?: Instant | undefined;
};

/** Whether both countries hold the same facts of a subject right now (`agrees-on.ts`). */
type Agrees = (subject: Ref) => Promise<boolean>;

/** Does, as the country's system, one thing after the other until nothing is due; tells how many, and what the fold set aside. */
export const doWhatIsDue = async (world: World, ref: Ref, agrees: Agrees): Promise<Done> => {
  for (let steps = 0; ; steps += 1) {
    const log = await world.ledger.load(ref);
    const context = await contextOf(world, log);
    const state = inDirectory(fold(log.map(({ fact }) => fact)), context.offices);
    const due = steps < MOST_STEPS ? dueNext(state, context) : undefined;
    const { referral, setAside } = state;
    const next = referral && wakeAt(referral, context);
    if (!due) return { steps, setAside, next };
    // A step of ours that the fold set aside would be written again without end.
    const last = `${ref}/${world.country}/${state.counts[world.country]}`;
    if (setAside.includes(last)) throw new Error('Our own last step was set aside');
    if (isForGood(due) && !(await agrees(ref))) {
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
