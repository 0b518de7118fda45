import { expect, test } from 'vitest';
import { doWhatIsDue } from '../../shared/due.ts';
import { log, ref, type Step, submitted } from '../support/facts.ts';
import { memory } from '../support/memory.ts';
import { abroad, home, later, noon, offices, sender } from '../support/people.ts';
import { cancelled, consentWithdrawn } from '../support/steps.ts';

const worldOf = (...facts: Step[]) => ({
  country: 'kr' as const,
  ledger: memory(log(...facts)),
  directory: { offices: async () => offices as never },
  now: () => noon,
});

const agreed = { agrees: async () => true, erase: async () => {}, overdue: async () => false };

test('where nothing is due, nothing is done', async () => {
  const { steps } = await doWhatIsDue(worldOf(submitted({ lines: [[home]] })), ref, agreed);
  expect(steps).toBe(0);
});

test('a step of ours that was set aside is not written again, but rings', async () => {
  const system = { office: home, actor: 'kr:system' };
  const withdrawn = [submitted({ lines: [[home]] }), consentWithdrawn(sender, 'kr2-1', 'kr1-4')];
  expect((await doWhatIsDue(worldOf(...withdrawn), ref, agreed)).steps).toBe(1);
  const world = worldOf(...withdrawn, cancelled(system, { lines: ['l9'] }));
  await expect(doWhatIsDue(world, ref, agreed)).rejects.toThrow('set aside');
});

test('what holds up a confirmation rings in the origin alone, which confirms', async () => {
  const newer = { type: 'consent.pondered.v1', actor: sender, data: { offices: [sender] } };
  const waits = async (country: 'kr' | 'vn') => {
    const steps = [submitted({ lines: [[abroad]] }), consentWithdrawn(abroad, 'vn1-1', 'kr1-1')];
    const world = { ...worldOf(...steps, newer), country, now: () => later(5 * 24 * 60) };
    return (await doWhatIsDue(world, ref, agreed)).waits;
  };
  expect([await waits('kr'), await waits('vn')]).toEqual([expect.any(String), undefined]);
});
