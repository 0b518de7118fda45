import { expect, test } from 'vitest';
import { doWhatIsDue } from '../../shared/due.ts';
import { log, ref, submitted } from '../support/facts.ts';
import { memory } from '../support/memory.ts';
import { home, noon, offices } from '../support/people.ts';
import { cancelled } from '../support/steps.ts';

const worldOf = (...facts: Parameters<typeof log>) => ({
  country: 'kr' as const,
  ledger: memory(log(...facts)),
  directory: { offices: async () => offices as never },
  now: () => noon,
});

test('where nothing is due, nothing is done', async () => {
  const { steps } = await doWhatIsDue(worldOf(submitted({ lines: [[home]] })), ref);
  expect(steps).toBe(0);
});

test('a step of ours that was set aside is not written again, but rings', async () => {
  const world = worldOf(submitted(), cancelled({ actor: 'kr:system' }));
  await expect(doWhatIsDue(world, ref)).rejects.toThrow('set aside');
});
