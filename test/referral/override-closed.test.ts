import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { given, after as grown, refusal } from '../support/given.ts';
import { abroad, contextIn, helpline, home, later, sender, union } from '../support/people.ts';
import { bySupervisor } from '../support/permission.ts';
import {
  accepted,
  completed,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  namedFor,
  overridden,
  overrideEnded,
  overrideProposed,
  progressed,
  safetyHeld,
  settled,
  started,
} from '../support/steps.ts';

// Of the office at home and the one abroad she allowed the summary alone; of the helpline nothing.
const grants = [{ office: home, stages: [1] }, { office: abroad, stages: [1] }, { office: sender }];
const begun = log(submitted({ lines: [[home, abroad], [abroad]], grants }));
const proposed = onward(begun, overrideProposed(home, 'kr2-1'));
const approved = onward(proposed, overridden(sender, 'kr2-1', 'kr3-1'));
const proposes = (who: Office) =>
  bySupervisor(who, 'propose-override', { basis: 'danger-to-life' });
const basis = { basis: 'danger-to-life' };
const approves = bySupervisor(sender, 'approve-override', basis);
const accepts = bySupervisor(home, 'accept', { lines: ['l1'] }, 'kr1-1');
const asks = (office: Office) =>
  bySupervisor(sender, 'offer', { office, lines: ['l1'], parallel: true });
const code = (facts: readonly Fact[], one: Command, at = later(10)) =>
  refusal(() => given(facts, at).when(one)).code;

describe('an override opens nothing while a safety hold is in force', () => {
  const held = safetyHeld(sender, 'kr4-1');
  test('it is not proposed and not approved', () => {
    const early = onward(begun, safetyHeld(sender, 'kr2-1'));
    for (const office of [home, sender])
      expect(code(early, proposes(office))).toBe('not-allowed-now');
    const waits = onward(proposed, safetyHeld(sender, 'kr3-1'));
    expect(code(waits, approves)).toBe('not-allowed-now');
  });

  test('nobody is asked, and nobody accepts, by one from before', () => {
    expect(given(approved).when(accepts)).toBeDefined();
    expect(code(onward(approved, held), accepts)).toBe('no-consent');
    expect(code(onward(approved, held), asks(helpline))).toBe('no-consent');
  });
});

describe('an override opens nothing once she withdrew everything', () => {
  const all = (slot: string) => consentWithdrawn(sender, slot, 'kr1-1', 'kr1-2', 'kr1-3');
  test('also for an office that she had never named', () => {
    expect(given(approved).when(asks(helpline))).toBeDefined();
    expect(code(onward(approved, all('kr4-1')), asks(helpline))).toBe('no-consent');
    const asked = onward(grown(approved, asks(helpline)), all('kr5-1'));
    expect(dueNext(fold(asked), contextIn('kr'))).toMatchObject({ do: 'cancel' });
  });

  test('it is not proposed and not approved, until that is refuted', () => {
    expect(code(onward(begun, all('kr2-1')), proposes(sender))).toBe('not-allowed-now');
    const withdrawn = consentWithdrawn(abroad, 'vn1-1', 'kr1-1', 'kr1-2', 'kr1-3');
    const waits = onward(proposed, withdrawn);
    expect(code(waits, approves)).toBe('not-allowed-now');
    const refuted = onward(waits, settled('refuted', sender, 'vn1-1'));
    expect(given(refuted).when(approves)).toBeDefined();
  });
});

describe('nobody makes an override longer', () => {
  const two = onward(begun, overrideProposed(home, 'kr2-1'), overrideProposed(home, 'kr3-1'));
  const once = onward(two, overridden(sender, 'kr2-1', 'kr4-1'));

  test('a second is not approved beside it, and what was proposed before is over with it', () => {
    const second = bySupervisor(sender, 'approve-override', { ...basis, proposal: 'kr3-1' });
    expect(code(once, second)).toBe('not-allowed-now');
    const over = onward(once, overrideEnded('kr:system', 'kr4-1'));
    expect(code(over, second)).toBe('not-allowed-now');
    for (const [facts, id] of [
      [once, 'kr5-1'],
      [over, 'kr6-1'],
    ] as const) {
      const more = onward(facts, overridden(sender, 'kr3-1', id));
      expect(fold(more).setAside).toEqual([more.at(-1)?.id]);
    }
  });

  test('a new one may follow it', () => {
    const over = onward(approved, overrideEnded('kr:system', 'kr3-1'));
    const again = grown(grown(over, proposes(home)), approves);
    expect(fold(again).setAside).toEqual([]);
    expect(given(again).when(accepts)).toBeDefined();
  });
});

describe('an override stays inside its country', () => {
  test('an offer across the border whose consent lapsed is void all the same', () => {
    const there = onward(
      begun,
      overrideProposed(abroad, 'vn1-1'),
      namedFor('28', union),
      overridden(union, 'vn1-1', 'vn3-1'),
      consentLapsed('kr1-2'),
    );
    expect(fold(there).setAside).toEqual([]);
    expect(dueNext(fold(there), contextIn('vn'))).toMatchObject({ do: 'cancel', offer: 'kr1-2' });
  });

  test('one inside it is alive as long as it is in force', () => {
    const lapsed = onward(approved, consentLapsed('kr1-1'));
    expect(dueNext(fold(lapsed), contextIn('kr'))).toBeUndefined();
    expect(given(lapsed).when(accepts)).toBeDefined();
  });
});

test('a service is not reopened by an override: that takes her consent', () => {
  const of = { office: home };
  const done = onward(
    log(submitted({ lines: [[home], [abroad]], grants })),
    ...[consentRecorded(sender, 'kr2-1', 'kr', { office: home })],
    ...[accepted(of), progressed(of), started(of), completed(of)],
    ...[overrideProposed(home, 'kr7-1'), overridden(sender, 'kr7-1', 'kr8-1')],
  );
  const reopens = bySupervisor(home, 'reopen', { reason: 'need-not-met' }, 'kr1-1');
  expect(given(done).when(reopens)).toBeDefined();
  expect(code(onward(done, consentLapsed('kr2-1')), reopens)).toBe('not-allowed-now');
});
