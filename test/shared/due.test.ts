import { expect, test } from 'vitest';
import { doWhatIsDue } from '../../shared/due.ts';
import { Refused } from '../../shared/errors.ts';
import type { Ledger } from '../../shared/ledger.ts';
import { log, ref, type Step, submitted } from '../support/facts.ts';
import { memory } from '../support/memory.ts';
import { abroad, home, later, noon, offices, sender, union } from '../support/people.ts';
import { cancelled, consentWithdrawn, declined } from '../support/steps.ts';

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

const MONTH = 30 * 24 * 60;

/** Two lines: one goes to the next office of its list, the office of the other has been silent for a month. */
const late = () => {
  const lines = [[abroad, union], [home]];
  return { ...worldOf(submitted({ lines }), declined()), now: () => later(MONTH) };
};

/** A ledger by which offers are refused, so many times. */
const refusing = (ledger: Ledger, status: number, times: number): Ledger => {
  let left = times;
  return {
    ...ledger,
    append: (fact, beside) => {
      if (fact.type !== 'offer.made.v1' || left === 0) return ledger.append(fact, beside);
      left -= 1;
      throw new Refused('invented', status, 'It is refused');
    },
  };
};

const typesIn = async ({ ledger }: ReturnType<typeof late>) =>
  (await ledger.load(ref)).map(({ fact }) => fact.type);

test.each([422, 409])(
  'what is refused with %i keeps nothing else from being done',
  async (status) => {
    const world = late();
    const ledger = refusing(world.ledger, status, 100);
    const { refused } = await doWhatIsDue({ ...world, ledger }, ref, agreed);
    expect(refused.map(({ due, error }) => [due.do, error.status])).toEqual([['offer', status]]);
    expect(await typesIn(world)).toContain('offer.expired.v1');
  },
);

test('what was refused since somebody was quicker is looked at once more', async () => {
  const world = late();
  const ledger = refusing(world.ledger, 409, 1);
  expect((await doWhatIsDue({ ...world, ledger }, ref, agreed)).refused).toEqual([]);
  expect(await typesIn(world)).toContain('offer.made.v1');
});

test('what breaks is no refusal', async () => {
  const world = late();
  const append = () => Promise.reject(new Error('broken'));
  const broken = { ...world, ledger: { ...world.ledger, append } };
  await expect(doWhatIsDue(broken, ref, agreed)).rejects.toThrow('broken');
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
