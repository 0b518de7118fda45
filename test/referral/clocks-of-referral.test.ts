import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { abroad, contextIn, helpline, sender, union } from '../support/people.ts';
import {
  accepted,
  completed,
  consentWithdrawn,
  notArrived,
  progressed,
  safetyHeld,
  settled,
  started,
  travelPlanned,
} from '../support/steps.ts';

const clocks = (facts: readonly Fact[], name: string) => {
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  return clocksOf(referral, contextIn('kr'))
    .filter(({ clock }) => clock === name)
    .map(({ owes, round }) => [owes, round]);
};
const sent = (...helplines: Office[]) => log(submitted({ helplines }));

test('the sender asks her whether a withdrawal is her wish, and a helpline of its country what it wrote down itself', () => {
  const bySender = (...helplines: Office[]) =>
    clocks(
      onward(sent(...helplines), consentWithdrawn(sender, 'kr2-1', 'kr1-1')),
      'withdrawal-confirm',
    );
  const abroadHelps = 'vn-invented-helpline' as Office;
  expect(bySender(abroadHelps, helpline)).toEqual([[helpline, 4]]);
  expect(bySender(abroadHelps)).toEqual([[sender, 4]]);
  const other = onward(sent(helpline), consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));
  expect(clocks(other, 'withdrawal-confirm')).toEqual([[sender, 3]]);
});

test('each withdrawal has a clock of its own, until it is settled', () => {
  const two = onward(
    sent(helpline),
    consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
    consentWithdrawn(sender, 'kr2-1', 'kr1-2'),
  );
  expect(clocks(two, 'withdrawal-confirm')).toEqual([
    [sender, 3],
    [helpline, 4],
  ]);
  const one = onward(two, settled('refuted', sender, 'vn1-1'));
  expect(clocks(one, 'withdrawal-confirm')).toEqual([[helpline, 4]]);
  // One that comes to be known later, and stands before it, takes no round of it.
  const late = [...onward(sent(helpline), consentWithdrawn(sender, 'kr2-1', 'kr1-2'))];
  const before = placed(consentWithdrawn(abroad, 'vn1-1', 'kr1-1'), 'vn', 1, 0);
  expect(clocks([...late, before], 'withdrawal-confirm')).toContainEqual([helpline, 4]);
});

test('nobody looks at a safety hold, or for her, once the referral is over', () => {
  const going = onward(
    log(submitted({ lines: [[abroad, union]] })),
    ...[safetyHeld(sender, 'kr2-1'), travelPlanned(sender, 'kr3-1')],
    ...[notArrived('kr:system', 'kr3-1'), accepted(), progressed(), started()],
  );
  expect(clocks(going, 'safety-review')).toEqual([[sender, 1]]);
  expect(clocks(going, 'not-arrived-follow-up')).toEqual([[sender, 1]]);
  const over = onward(going, completed());
  expect(clocks(over, 'safety-review')).toEqual([]);
  expect(clocks(over, 'not-arrived-follow-up')).toEqual([]);
});
