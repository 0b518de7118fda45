import { describe, expect, test } from 'vitest';
import type { Country } from '../../events/envelope.ts';
import type { OfferId } from '../../events/referral.ts';
import { dueSteps, isOver, unconfirmedSince, wakeAt } from '../../shared/referral/deadlines.ts';
import { busy } from '../support/busy.ts';
import { onward } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { contextIn, later } from '../support/people.ts';
import { missed, reminded } from '../support/steps.ts';

const DAY = 24 * 60;
const due = (facts: typeof busy, country: Country, days: number) =>
  dueSteps(honest(facts).referral, contextIn(country, later(days * DAY)));
const names = (facts: typeof busy, country: Country, days: number) =>
  due(facts, country, days).map(({ clock, command }) =>
    [command.do, clock.clock, clock.offer ?? clock.line ?? clock.hold ?? clock.round].join(' '),
  );

describe.each(['kr', 'vn'] as const)('in %s', (country) => {
  test.each([
    ['remind', reminded, 2],
    ['miss-deadline', missed, 30],
  ] as const)(
    'what is said of a clock (%s) is due no more, and nothing else is gone',
    (step, says, days) => {
      const all = due(busy, country, days).filter(({ command }) => command.do === step);
      expect(all.length).toBeGreaterThan(country === 'kr' ? 3 : 0);
      for (const { clock } of all) {
        const { clock: name, offer, line, hold, round, due: at } = clock;
        const data = { clock: name, offer, line, hold, round, due: at };
        const mark = { ...says(), actor: `${country}:system`, data: { offices: [], ...data } };
        const facts = onward(busy, {
          ...mark,
          data: { ...mark.data, offices: busy[0]?.data.offices },
        });
        const said = [step, name, offer ?? line ?? hold ?? round].join(' ');
        expect(names(facts, country, days)).toEqual(
          names(busy, country, days).filter((other) => other !== said),
        );
      }
    },
  );

  test('the oldest comes first', () => {
    for (const days of [2, 4, 30]) {
      const times = due(busy, country, days).map(({ at }) => at);
      expect(times).toEqual(times.toSorted());
    }
  });
});

test('the next wake-up lies ahead, never at this very moment', () => {
  const { referral } = honest(busy);
  let at = later(1);
  const times = [];
  for (let next = wakeAt(referral, contextIn('kr', at)); next && times.length < 9; ) {
    expect(next > at).toBe(true);
    times.push(next);
    at = next;
    next = wakeAt(referral, contextIn('kr', at));
  }
  expect(new Set(times).size).toBe(9);
});

test('a withdrawal waits for its confirmation since the first full time that is over', () => {
  const { referral } = honest(busy);
  const since = (minute: number) => unconfirmedSince(referral, contextIn('kr', later(minute)));
  expect(since(3 * DAY)).toBeUndefined();
  expect(since(3 * DAY + 12)).toBe(later(3 * DAY + 12));
  expect(since(3 * DAY + 20)).toBe(later(3 * DAY + 12));
});

test('of two offices the one is not silent because the other is', () => {
  const { referral, offer } = honest(busy);
  const over = (id: string, days: number) =>
    isOver(referral, offer(id as OfferId), 'decide', contextIn('vn', later(days * DAY)));
  expect([over('kr1-1', 40), over('kr5-1', 40), over('kr1-2', 40)]).toEqual([false, true, true]);
});
