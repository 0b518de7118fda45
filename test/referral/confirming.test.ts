import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Context } from '../../shared/referral/command.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { lineStatus } from '../../shared/referral/lines.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { command, recorded, refusal } from '../support/given.ts';
import { abroad, contextIn, home, later, sender, union } from '../support/people.ts';
import {
  accepted,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  newer,
  settled,
} from '../support/steps.ts';

const HOUR = 60;
/** Monday noon in Seoul: 72 hours are longer than two working days, and are over on Thursday. */
const first = log(submitted({ lines: [[abroad], [union], [home]] }));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const over = 72 * HOUR + 2; // the second fact of these logs is two minutes after noon

/** All that the system of this country does, one thing after the other, at this minute. */
const doAll = (facts: readonly Fact[], minute: number, more: Partial<Context> = {}) => {
  const context = { ...contextIn('kr', later(minute)), ...more };
  let now = [...facts];
  for (let steps = 0; steps < 20; steps += 1) {
    const state = fold(now);
    const due = dueNext(state, context);
    const draft = due && decide(state, due, context);
    if (!due || !draft) return now;
    now = recorded(now, draft, due);
  }
  throw new Error('the system comes to no rest');
};
const types = (facts: readonly Fact[]) => facts.map(({ type }) => type);
const confirmed = (facts: readonly Fact[]) =>
  facts.filter(({ type }) => type === 'consent.withdrawal-confirmed.v1');
const withdrawnBy = (office: string, withdrawal: string, ...grants: string[]) =>
  onward(first, consentWithdrawn(office, withdrawal, ...grants));

describe('a withdrawal that nobody confirmed or refuted', () => {
  test('is confirmed by the origin’s system after 72 hours, once, and not a moment before', () => {
    const facts = withdrawnBy(abroad, 'vn1-1', ...all);
    expect(confirmed(doAll(facts, over - 0.001))).toEqual([]);
    const done = doAll(facts, over);
    expect(confirmed(done)).toMatchObject([
      { actor: 'kr:system', country: 'kr', data: { withdrawals: ['vn1-1'], destroyed: true } },
    ]);
    expect(fold(done).setAside).toEqual([]);
    expect(doAll(done, over)).toEqual(done);
  });

  test('whoever wrote it down, the sender too', () => {
    expect(confirmed(doAll(withdrawnBy(sender, 'kr2-1', ...all), over))).toHaveLength(1);
  });

  test('is confirmed after two working days where these are later', () => {
    const friday = withdrawnBy(sender, 'kr2-1', ...all).map((fact, i) =>
      i === 1 ? { ...fact, time: later(4 * 24 * HOUR) } : fact,
    );
    const [monday, tuesdayEvening] = [7 * 24 * HOUR, 8 * 24 * HOUR + 6 * HOUR];
    expect(confirmed(doAll(friday, monday))).toEqual([]);
    expect(confirmed(doAll(friday, tuesdayEvening - 1))).toEqual([]);
    expect(confirmed(doAll(friday, tuesdayEvening))).toHaveLength(1);
  });

  test('counts from when it came to the origin', () => {
    const facts = withdrawnBy(abroad, 'vn1-1', ...all);
    const receivedAt: Context['receivedAt'] = ({ country }) =>
      country === 'vn' ? later(24 * HOUR) : undefined;
    expect(confirmed(doAll(facts, 96 * HOUR - 1, { receivedAt }))).toEqual([]);
    expect(confirmed(doAll(facts, 96 * HOUR, { receivedAt }))).toHaveLength(1);
  });

  test('wakes the origin at full time, also where the desk was called before', () => {
    const { referral } = fold(withdrawnBy(abroad, 'vn1-1', ...all));
    const called = referral && {
      ...referral,
      marks: [{ step: 'missed' as const, clock: 'withdrawal-confirm' as const, round: 1 }],
    };
    const context = contextIn('kr', later(over - 30));
    expect(called && wakeAt(called, context)).toBe(later(over));
  });

  test('is nobody’s to confirm by the clock in the other country, or before its time', () => {
    const state = fold(withdrawnBy(abroad, 'vn1-1', ...all));
    const by = (country: 'kr' | 'vn', minute: number) =>
      refusal(() =>
        decide(
          state,
          command('confirm-withdrawal', { system: country }),
          contextIn(country, later(minute)),
        ),
      ).code;
    expect(by('kr', over - 1)).toBe('not-allowed-now');
    expect(by('vn', over)).toBe('not-allowed-now');
    expect(
      refusal(() =>
        decide(state, command('refute-withdrawal', { system: 'kr' }), contextIn('kr', later(over))),
      ).code,
    ).toBe('not-yours-to-do');
  });

  test('comes last of what is due, since it may have to wait for the other country', () => {
    const done = doAll(withdrawnBy(abroad, 'vn1-1', ...all), over);
    expect(types(done).at(-1)).toBe('consent.withdrawal-confirmed.v1');
    expect(types(done)).toContain('deadline.missed.v1');
    expect(types(done)).toContain('offer.cancelled.v1');
  });

  test('waits while a fact of a newer type is here', () => {
    const facts = onward(withdrawnBy(abroad, 'vn1-1', ...all), newer);
    expect(confirmed(doAll(facts, over))).toEqual([]);
  });
});

describe('one of two withdrawals', () => {
  const part = (...steps: Step[]) => onward(withdrawnBy(abroad, 'vn1-1', 'kr1-1'), ...steps);

  test('is confirmed alone when the other has time left, and destroys nothing', () => {
    const both = part(consentWithdrawn(abroad, 'vn2-1', ...all.slice(1))).map((fact, i) =>
      i === 2 ? { ...fact, time: later(10 * HOUR) } : fact,
    );
    const done = doAll(both, over);
    expect(confirmed(done).map(({ data }) => data)).toMatchObject([
      { withdrawals: ['vn1-1'], destroyed: false },
    ]);
    expect(confirmed(doAll(done, over + 10 * HOUR)).at(-1)?.data).toMatchObject({
      withdrawals: ['vn2-1'],
      destroyed: true,
    });
  });

  test('is left to its refutation', () => {
    const done = doAll(part(settled('refuted', sender, 'vn1-1')), over);
    expect(confirmed(done)).toEqual([]);
  });
});

test.each([
  ['a refutation by a system', 'refuted', 'kr:system'],
  ['a confirmation by the other country’s system', 'confirmed', 'vn:system'],
] as const)('%s is set aside', (_, how, actor) => {
  const facts = onward(withdrawnBy(abroad, 'vn1-1', ...all), settled(how, actor, 'vn1-1'));
  expect(fold(facts).setAside).toHaveLength(1);
});

describe('an office that serves her', () => {
  const serving = onward(first, accepted());
  const asksToEnd = (facts: readonly Fact[], more: Partial<Context> = {}) => {
    const { referral } = fold(facts);
    const context = { ...contextIn('vn', later(0)), ...more };
    const clocks = referral ? clocksOf(referral, context) : [];
    return clocks.filter(({ clock }) => clock === 'cancellation').map(({ due }) => due);
  };
  const everything = onward(serving, consentWithdrawn(abroad, 'vn2-1', ...all));
  const urgent = (facts: readonly Fact[]) =>
    facts.map((f, i) => (i === 0 ? { ...f, data: { ...f.data, urgency: 'urgent' } } : f)) as Fact[];
  const atHour = (facts: readonly Fact[], n: number) =>
    facts.map((f, i) => (i === facts.length - 1 ? { ...f, time: later(n * HOUR) } : f));

  test('is asked to end by nothing before the withdrawal is confirmed', () => {
    expect(asksToEnd(everything)).toEqual([]);
    const refuted = onward(everything, settled('refuted', sender, 'vn2-1'));
    expect(asksToEnd(refuted)).toEqual([]);
  });

  test('has its whole time from the confirmation, or from when that came', () => {
    const done = atHour(urgent(onward(everything, settled('confirmed', sender, 'vn2-1'))), 100);
    expect(asksToEnd(done)).toEqual([later(148 * HOUR)]);
    const receivedAt: Context['receivedAt'] = ({ country, seq }) =>
      country === 'kr' && seq === 2 ? later(200 * HOUR) : undefined;
    expect(asksToEnd(done, { receivedAt })).toEqual([later(248 * HOUR)]);
  });

  test('is asked too where only its own grant was withdrawn, and not for another’s', () => {
    const own = onward(serving, consentWithdrawn(abroad, 'vn2-1', 'kr1-1'));
    const done = (named: string) => urgent(onward(own, settled('confirmed', sender, named)));
    expect(asksToEnd(atHour(done('vn2-1'), 100))).toEqual([later(148 * HOUR)]);
    const other = onward(own, consentWithdrawn(abroad, 'vn3-1', 'kr1-2'));
    expect(asksToEnd(onward(other, settled('confirmed', sender, 'vn3-1')))).toEqual([]);
  });

  test('is not asked by a confirmed withdrawal that a renewal had seen', () => {
    const renewed = onward(
      serving,
      consentWithdrawn(abroad, 'vn2-1', 'kr1-1'),
      settled('confirmed', sender, 'vn2-1'),
      consentRecorded(abroad, 'vn3-1', 'kr-vn'),
    );
    expect(asksToEnd(renewed)).toEqual([]);
    expect(asksToEnd(onward(renewed, consentLapsed('vn3-1')))).toEqual([]);
  });
});

test('lines are not stopped for good while a withdrawal waits that may be refuted', () => {
  const facts = onward(
    first,
    consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
    consentWithdrawn(abroad, 'vn2-1', ...all.slice(1)),
    settled('confirmed', sender, 'vn1-1'),
  );
  const line = (log: readonly Fact[]) => {
    const { referral } = fold(log);
    return referral && lineStatus(referral, referral.lines[0]?.id as never);
  };
  expect(line(facts)).not.toBe('stopped');
  expect(line(onward(facts, settled('confirmed', sender, 'vn2-1')))).toBe('stopped');
});
