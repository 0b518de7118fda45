import { expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { partIn } from '../../../shared/referral/case-file-parts.ts';
import { fold } from '../../../shared/referral/fold.ts';
import type { Referral } from '../../../shared/referral/state.ts';
import { filePartsOf } from '../../../shared/vault/opened.ts';
import { log, onward, submitted } from '../../support/facts.ts';
import { abroad, noon, sender } from '../../support/people.ts';
import { accepted, travelPlanned } from '../../support/steps.ts';

const begun = log(submitted(), accepted());
const plannedHere = onward(begun, travelPlanned(sender, 'kr2-1'));

const sealed = [
  { slot: 'kr1', part: 'travel', content: '2087-01-01' },
  { slot: 'kr2', part: 'plan-travel', content: { date: '2087-02-02' } },
  { slot: 'kr3', part: 'plan-travel', content: { date: '2087-03-03' } },
];

/** Of what Korea's vault holds, for who may read behind the summary. */
const dateIn = async (facts: readonly Fact[], stage: 1 | 2 = 2) => {
  const { referral } = fold(facts);
  const vault = {
    sealed: sealed.map((one) => ({ ...one, bytes: new Uint8Array() })),
    opened: async (one: object) => (one as { content: unknown }).content,
  };
  const access = { as: 'receiver', stage } as const;
  return partIn(await filePartsOf(vault, referral as Referral, access, noon), 'travel');
};

test('her travel date is that of the file until a travel is planned, and then of the last plan', async () => {
  expect(await dateIn(begun)).toBe('2087-01-01');
  expect(await dateIn(plannedHere)).toBe('2087-02-02');
  expect(await dateIn(onward(plannedHere, travelPlanned(sender, 'kr3-1')))).toBe('2087-03-03');
  expect(await dateIn(plannedHere, 1)).toBeUndefined();
});

test('no older date is given where the last plan is sealed in the other country', async () => {
  expect(await dateIn(onward(plannedHere, travelPlanned(abroad, 'vn2-1')))).toBeUndefined();
});
