import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { approvable } from '../../shared/referral/safeguarding.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, sender, union, worker } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import { isSetAside, next, type Slot, without } from '../support/setting-aside.ts';
import { declined, lifted, liftProposed, safetyHeld } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [union]] }));
const held = onward(begun, safetyHeld(abroad, 'vn1-1'), safetyHeld(sender, 'kr2-1'));
const there: Slot = { country: 'vn' };
const proposed = onward(held, liftProposed(abroad, 'vn2-1', 'vn1-1'));

describe('a lift counts only whole', () => {
  test.each<[string, readonly Fact[], Step, Slot?]>([
    [
      'that names a hold which is not there beside one that is',
      held,
      liftProposed(abroad, 'vn2-1', 'vn1-1', 'vn9-1'),
      there,
    ],
    ['that lifts more than was proposed', proposed, lifted(sender, 'vn2-1', 'vn1-1', 'kr2-1')],
    ['that nobody proposed', proposed, lifted(sender, 'vn9-1', 'vn1-1')],
  ])('%s is set aside', (_, before, step, slot) => {
    expect(isSetAside(before, next(before, step, slot))).toBe(true);
  });

  test('and lifts what it names, of several that are proposed', () => {
    const two = onward(proposed, liftProposed(union, 'vn3-1', 'kr2-1'));
    const { referral } = honest(onward(two, lifted(sender, 'vn3-1', 'kr2-1')));
    expect(referral.safety.holds.map((hold) => 'lifted' in hold)).toEqual([false, true]);
  });
});

describe('a lift is approved', () => {
  const approves = (facts: readonly Fact[], proposal: string) =>
    given(facts).when(bySupervisor(sender, 'approve-lift', { proposal }));
  test('of several by its name', () => {
    const two = onward(proposed, liftProposed(union, 'vn3-1', 'kr2-1'));
    expect(approves(two, 'vn3-1')?.data).toMatchObject({ proposal: 'vn3-1', holds: ['kr2-1'] });
    expect(said(() => approves(two, 'vn9-1'))).toBe(
      '422 invalid-field: Must be one of: vn2-1, vn3-1 (/proposal)',
    );
  });

  const waits = (facts: readonly Fact[], caller: Parameters<typeof approvable>[1]) => {
    const { referral } = fold(facts);
    return referral && approvable(referral, caller).map(({ id }) => id);
  };
  const own = onward(held, liftProposed(sender, 'kr3-1', 'kr2-1'));
  const alone = onward(own, declined(), declined({ office: union, offer: 'kr1-2' }));
  const somebody = worker(sender);

  test('by another office while there are two at work, else by a second person of the sender', () => {
    expect(waits(own, somebody)).toEqual([]);
    expect(waits(own, worker(abroad))).toEqual(['kr3-1']);
    expect(waits(alone, somebody)).toEqual(['kr3-1']);
    expect(waits(alone, { ...somebody, by: 'thefirstperson00' as never })).toEqual([]);
  });

  test('by no second person where nobody knows who was the first', () => {
    const nameless = without(liftProposed(sender, 'kr3-1', 'kr2-1'), 'by');
    const facts = onward(held, nameless, declined(), declined({ office: union, offer: 'kr1-2' }));
    expect(waits(facts, somebody)).toEqual([]);
  });

  test('by nobody who is done, and by no system', () => {
    expect(
      waits(onward(proposed, declined({ office: union, offer: 'kr1-2' })), worker(union)),
    ).toEqual([]);
    expect(waits(proposed, worker(union))).toEqual(['vn2-1']);
    expect(waits(proposed, { system: 'kr' })).toEqual([]);
  });
});

test('a lift is proposed of what is in force, and of nothing else', () => {
  const proposes = (facts: readonly Fact[]) =>
    given(facts).when(command('propose-lift', worker(sender)));
  expect(proposes(held)?.data).toMatchObject({ proposal: 'kr3-1', holds: ['vn1-1', 'kr2-1'] });
  const half = onward(proposed, lifted(sender, 'vn2-1', 'vn1-1'));
  expect(proposes(half)?.data).toMatchObject({ holds: ['kr2-1'] });
  expect(said(() => proposes(begun))).toBe('409 not-allowed-now: No safety hold is in force');
});
