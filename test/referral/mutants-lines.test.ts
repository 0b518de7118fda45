import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, sender, third, union, worker } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import {
  accepted,
  askedToCancel,
  consentWithdrawn,
  failed,
  made,
  placedLine,
  progressed,
  reopened,
  started,
} from '../support/steps.ts';

const one = log(submitted());
const second = { office: third, offer: 'kr2-1' };
const rivals = onward(one, made(second), accepted(), accepted(second));
const begun = (of = {}) => [progressed(of), started(of)];

describe('of two that accepted one line', () => {
  test('the system chooses who was first, whatever the order of the offers', () => {
    expect(honest(rivals).choice).toBe('kr1-1');
    const other = onward(one, made(second), accepted(second), accepted());
    expect(honest(other).choice).toBe('kr2-1');
  });

  test('the system chooses who has begun before who was first', () => {
    expect(honest(onward(rivals, ...begun(second))).choice).toBe('kr2-1');
  });

  test('the system chooses nobody when both have begun', () => {
    const both = honest(onward(rivals, ...begun(), ...begun(second)));
    expect([both.choice, both.line()]).toEqual([undefined, 'contested']);
  });

  test('who is asked to leave does not count beside who is not', () => {
    const asked = honest(onward(rivals, askedToCancel()));
    expect([asked.line(), asked.holder, asked.asked(), asked.asked('kr2-1')]).toEqual([
      'placed',
      'kr2-1',
      'requested',
      'none',
    ]);
  });

  test('who has no consent any more does not count beside who has', () => {
    const without = honest(onward(rivals, consentWithdrawn(sender, 'kr3-1', 'kr1-1')));
    expect([without.line(), without.holder, without.choice]).toEqual(['placed', 'kr2-1', 'kr2-1']);
  });

  test('both count when both are asked to leave', () => {
    const both = [askedToCancel(), askedToCancel(second)];
    const asked = honest(onward(rivals, ...both));
    expect([asked.line(), asked.choice]).toEqual(['contested', 'kr1-1']);
  });

  test('the choice stands, also beside a third that accepts later', () => {
    const chosen = onward(rivals, placedLine('kr2-1'));
    expect(honest(chosen).holder).toBe('kr2-1');
    const late = { office: union, offer: 'kr4-1' };
    expect(honest(onward(chosen, made(late), accepted(late))).holder).toBe('kr2-1');
  });

  test('a choice that had not seen a later reopening counts no more, and a new one does', () => {
    const again = onward(
      rivals,
      placedLine('kr1-1'),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
      reopened(),
    );
    expect([honest(again).line(), honest(again).holder]).toEqual(['contested', undefined]);
    expect(honest(onward(again, placedLine('kr2-1'))).holder).toBe('kr2-1');
  });

  test('a choice is of its own line, and of no other that the two dispute', () => {
    const both = { lines: ['l1', 'l2'] };
    const two = onward(
      log(submitted({ lines: [[abroad], [abroad]] })),
      ...[made(second, both), accepted({}, both), accepted(second, both), placedLine('kr2-1')],
    );
    expect([honest(two).line(), honest(two).line('l2')]).toEqual(['placed', 'contested']);
  });

  test('a choice of one that claims nothing any more leaves who is left', () => {
    const gone = onward(rivals, placedLine('kr1-1'), failed());
    expect(honest(gone).holder).toBe('kr2-1');
  });
});

describe('a supervisor’s choice where both have begun', () => {
  const both = onward(rivals, ...begun(), ...begun(second));
  const supervisor = worker(sender, 'supervisor');
  const choose = (offer: string, facts = both) =>
    given(facts).when(command('place-line', supervisor, { line: 'l1', offer }));
  const chosen = onward(both, placedLine('kr2-1', 'l1', sender));

  test('is one of the two, and tells both and the sender', () => {
    expect(choose('kr2-1')).toMatchObject({
      type: 'line.placed.v1',
      data: { line: 'l1', offer: 'kr2-1', offices: [sender, abroad, third] },
    });
    expect(refusal(() => choose('kr9-1'))).toMatchObject({ status: 422, field: '/offer' });
  });

  test('is one choice when it is made twice, and another is refused', () => {
    expect(choose('kr2-1', chosen)).toBeUndefined();
    expect(refusal(() => choose('kr1-1', chosen))).toMatchObject({ status: 409, field: '/line' });
  });

  test('is none where nobody disputes the line', () => {
    const placed = onward(one, accepted());
    expect(refusal(() => choose('kr1-1', placed))).toMatchObject({ status: 409 });
    const other = given(placed);
    const line = () =>
      other.when(command('place-line', supervisor, { line: 'l9', offer: 'kr1-1' }));
    expect(refusal(line)).toMatchObject({ status: 422, field: '/line' });
  });
});

test('the system chooses by rule alone, and nobody but it while it can', () => {
  const chooses = (offer: string) =>
    said(() => given(rivals).when(command('place-line', { system: 'kr' }, { line: 'l1', offer })));
  expect(chooses('kr1-1')).toBe('allowed');
  expect(chooses('kr2-1')).toBe('422 invalid-field: Must be one of: kr1-1, kr2-1 (/offer)');
  const choice = bySupervisor(sender, 'place-line', { line: 'l1', offer: 'kr1-1' });
  const both = onward(rivals, ...begun(), ...begun(second));
  const system = command('place-line', { system: 'kr' }, { line: 'l1', offer: 'kr1-1' });
  for (const tries of [() => given(rivals).when(choice), () => given(both).when(system)])
    expect(said(tries)).toBe('409 not-allowed-now: This line waits for no choice (/line)');
});

test('the sender stops an open line, and no other', () => {
  const stops = (facts: readonly Fact[]) =>
    given(facts).when(bySupervisor(sender, 'stop-line', { line: 'l1', reason: 'person-request' }));
  const open = onward(
    one,
    accepted(),
    failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
  );
  expect(stops(open)).toMatchObject({ type: 'line.stopped.v1', data: { line: 'l1' } });
  expect(said(() => stops(one))).toBe(
    '409 not-allowed-now: Only an open line can be stopped (/line)',
  );
});
