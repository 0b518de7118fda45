import type { Ref } from '../events/envelope.ts';
import { contextOf, handle, type World } from './handle.ts';
import { dueNext } from './referral/due.ts';
import { fold } from './referral/fold.ts';

const MOST_STEPS = 20;

/** Does, as the country's system, one thing after the other until nothing is due. Gives how many it did. */
export const doWhatIsDue = async (world: World, ref: Ref): Promise<number> => {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const log = await world.ledger.load(ref);
    const due = dueNext(fold(log.map(({ fact }) => fact)), await contextOf(world));
    if (!due) return steps;
    await handle(world, ref, due);
  }
  return MOST_STEPS;
};
