import type { Ref } from '../events/envelope.ts';
import { Refused } from './errors.ts';
import { contextOf, handle, type World } from './handle.ts';
import { dueNext } from './referral/due.ts';
import { fold } from './referral/fold.ts';

const MOST_STEPS = 20;

/** Does, as the country's system, one thing after the other until nothing is due; tells how many, and what the fold set aside. */
export const doWhatIsDue = async (world: World, ref: Ref) => {
  for (let steps = 0; ; steps += 1) {
    const state = fold((await world.ledger.load(ref)).map(({ fact }) => fact));
    const due = steps < MOST_STEPS ? dueNext(state, await contextOf(world)) : undefined;
    if (!due) return { steps, setAside: state.setAside };
    await handle(world, ref, due).catch(ifNotByAnother);
  }
};

/** Somebody did it in the same moment: look again. */
const ifNotByAnother = (error: unknown) => {
  if (!(error instanceof Refused) || error.status !== 409) throw error;
};
