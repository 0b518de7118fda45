import { expect, test } from 'vitest';
import { calendar } from '../../shared/holidays.ts';
import { endOf, type Pause, type Span } from '../../shared/referral/spans.ts';
import { later, noon } from '../support/people.ts';

const HOUR = 60;
const ten: Span = { amount: 10, unit: 'hours' };
const ends = (span: Span, ...pauses: Pause[]) => {
  const run = { from: noon, desk: { country: 'kr' as const, state: false }, pauses };
  return endOf(span, 1, run, calendar.workingDays)?.at;
};

test.each<[string, Pause[], number | undefined]>([
  ['none', [], 10],
  ['one that is over', [{ from: later(HOUR), to: later(3 * HOUR) }], 12],
  ['one that began before', [{ from: later(-HOUR), to: later(3 * HOUR) }], 13],
  ['one that was over before', [{ from: later(-2 * HOUR), to: later(-HOUR) }], 10],
  [
    'two',
    [
      { from: later(0), to: later(HOUR) },
      { from: later(10 * HOUR), to: later(11 * HOUR) },
    ],
    12,
  ],
  ['one that begins as the time ends', [{ from: later(10 * HOUR), to: later(20 * HOUR) }], 10],
  ['one that begins later', [{ from: later(11 * HOUR), to: later(20 * HOUR) }], 10],
  ['one without an end, later', [{ from: later(11 * HOUR) }], 10],
  ['one without an end', [{ from: later(9 * HOUR) }], undefined],
])('ten hours with these pauses: %s', (_, pauses, hours) => {
  expect(ends(ten, ...pauses)).toBe(hours === undefined ? undefined : later(hours * HOUR));
});

test('where working days are named too, both must pass', () => {
  const both = (amount: number) => ends({ amount, unit: 'hours', atLeastWorkingDays: 2 });
  expect(both(10)).toBe(ends({ amount: 2, unit: 'working-days' }));
  expect(both(500)).toBe(later(500 * HOUR));
  expect(
    ends({ amount: 10, unit: 'hours', atLeastWorkingDays: 2 }, { from: noon }),
  ).toBeUndefined();
});
