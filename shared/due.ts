import type { Instant, Ref } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import { Refused } from './errors.ts';
import { handle, type World } from './handle.ts';
import { wakeAt } from './referral/deadlines.ts';
import { dueNext } from './referral/due.ts';
import { fold } from './referral/fold.ts';

const MOST_STEPS = 20;

type Done = {
  readonly steps: number;
  readonly setAside: readonly string[];
  /** When the next thing falls due by the clock. */
  readonly next?: Instant | undefined;
};

/** Does, as the country's system, one thing after the other until nothing is due; tells how many, and what the fold set aside. */
export const doWhatIsDue = async (world: World, ref: Ref): Promise<Done> => {
  for (let steps = 0; ; steps += 1) {
    const log = await world.ledger.load(ref);
    const state = fold(log.map(({ fact }) => fact));
    const context = await contextOf(world, log);
    const due = steps < MOST_STEPS ? dueNext(state, context) : undefined;
    const { referral, setAside } = state;
    if (!due) return { steps, setAside, next: referral && wakeAt(referral, context) };
    // A step of ours that the fold set aside would be written again without end.
    const last = `${ref}/${world.country}/${state.counts[world.country]}`;
    if (setAside.includes(last)) throw new Error('Our own last step was set aside');
    await handle(world, ref, due).catch(ifNotByAnother);
  }
};

/** Somebody did it in the same moment: look again. */
const ifNotByAnother = (error: unknown) => {
  if (!(error instanceof Refused) || error.status !== 409) throw error;
};
