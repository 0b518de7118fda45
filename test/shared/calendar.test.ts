import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Country, Instant } from '../../events/envelope.ts';
import { calendarOf, type Table } from '../../shared/calendar.ts';
import holidays from '../../shared/data/holidays.json' with { type: 'json' };
import type { Desk, Pause } from '../../shared/referral/spans.ts';

const { calendars } = holidays;
const { workingDays, missing } = calendarOf(calendars);
const desk = (country: Country, state = false): Desk => ({ country, state });
const at = (text: string) => text as Instant;
/** Local wall-clock time of the desk as an instant. */
const seoul = (text: string) => new Date(`${text}:00+09:00`).toISOString() as Instant;
const canTho = (text: string) => new Date(`${text}:00+07:00`).toISOString() as Instant;
const end = (days: number, from: Instant, of: Desk, pauses: readonly Pause[] = []) =>
  workingDays(days, { from, desk: of, pauses });

describe('n working days end at closing time of the n-th working day after the day of the start', () => {
  test.each<[string, number, Instant, Desk, Instant]>([
    ['in Korea', 2, seoul('2026-11-25T10:00'), desk('kr'), seoul('2026-11-27T18:00')],
    ['in Viet Nam', 2, canTho('2026-11-25T10:00'), desk('vn'), canTho('2026-11-27T17:00')],
    ['over a weekend', 2, seoul('2026-11-27T10:00'), desk('kr'), seoul('2026-12-01T18:00')],
    ['from a Sunday', 1, seoul('2026-11-29T10:00'), desk('kr'), seoul('2026-11-30T18:00')],
    ['by the day there', 1, at('2026-11-25T15:30:00.000Z'), desk('kr'), seoul('2026-11-27T18:00')],
    ['over Tết', 1, canTho('2026-02-13T10:00'), desk('vn'), canTho('2026-02-23T17:00')],
    ['over Seollal', 1, seoul('2026-02-13T10:00'), desk('kr'), seoul('2026-02-19T18:00')],
    ['over the year', 1, seoul('2026-12-31T10:00'), desk('kr'), seoul('2027-01-04T18:00')],
    ['half a day', 0.5, seoul('2026-11-25T10:00'), desk('kr'), seoul('2026-11-26T13:30')],
    ['two and a half', 2.5, canTho('2026-11-25T10:00'), desk('vn'), canTho('2026-11-30T12:30')],
  ])('%s', (_, days, from, of, expected) => {
    expect(end(days, from, of)?.at).toBe(expected);
  });
});

describe('working days that were swapped', () => {
  const before = canTho('2026-08-21T10:00'); // Friday; Saturday 22 works for Monday 31

  test('bind state offices', () => {
    expect(end(1, before, desk('vn', true))).toEqual({
      at: canTho('2026-08-22T17:00'),
      provisional: false,
    });
    expect(end(6, before, desk('vn', true))?.at).toBe(canTho('2026-08-28T17:00'));
    expect(end(7, before, desk('vn', true))?.at).toBe(canTho('2026-09-03T17:00'));
  });

  test('are off for all others, who choose: the end is provisional', () => {
    expect(end(1, before, desk('vn'))).toEqual({
      at: canTho('2026-08-24T17:00'),
      provisional: true,
    });
    expect(end(6, before, desk('vn'))?.at).toBe(canTho('2026-09-03T17:00'));
  });

  test('and are not confirmed: a day off counts as off, a working Saturday does not count', () => {
    expect(end(1, canTho('2026-11-20T10:00'), desk('vn', true))).toEqual({
      at: canTho('2026-11-25T17:00'),
      provisional: true,
    });
    expect(end(3, canTho('2026-11-25T10:00'), desk('vn', true))).toEqual({
      at: canTho('2026-11-30T17:00'),
      provisional: true,
    });
  });
});

test('a desk’s own hours come first', () => {
  const schedules = [
    { byday: 'MO,TU,WE,TH,FR', opens_at: '10:00', closes_at: '12:00' },
    { byday: 'TH', opens_at: '13:00', closes_at: '20:30' },
  ];
  const own = { ...desk('kr'), schedules };
  expect(end(1, seoul('2026-11-25T10:00'), own)?.at).toBe(seoul('2026-11-26T20:30'));
  expect(end(0.5, seoul('2026-11-25T10:00'), own)?.at).toBe(seoul('2026-11-26T15:15'));
  expect(end(2, seoul('2026-11-25T10:00'), own)?.at).toBe(seoul('2026-11-27T12:00'));
  expect(end(4, seoul('2026-11-25T10:00'), { ...own, schedules: [] })?.at).toBe(
    seoul('2026-12-01T18:00'),
  );
});

describe('time that does not count', () => {
  const from = seoul('2026-11-23T10:00');

  test('is a working day whose end lies in it', () => {
    const pauses = [{ from: seoul('2026-11-24T12:00'), to: seoul('2026-11-26T12:00') }];
    expect(end(2, from, desk('kr'), pauses)?.at).toBe(seoul('2026-11-27T18:00'));
    expect(end(1, from, desk('kr'), pauses)?.at).toBe(seoul('2026-11-26T18:00'));
  });

  test('without an end lets nothing end, unless it ended before', () => {
    const pauses = [{ from: seoul('2026-11-25T12:00') }];
    expect(end(2, from, desk('kr'), pauses)).toBeUndefined();
    expect(end(1, from, desk('kr'), pauses)?.at).toBe(seoul('2026-11-24T18:00'));
  });
});

describe('a year without a table', () => {
  test('has Mondays to Fridays, never throws, and says that it is provisional', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Country>('kr', 'vn'),
        fc.integer({ min: 2028, max: 2400 }),
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 1, max: 40 }),
        (country, year, day, days) => {
          const from = new Date(Date.UTC(year, 0, 1 + day)).toISOString() as Instant;
          const found = end(days, from, desk(country, true));
          expect(found?.provisional).toBe(true);
          expect(new Date(found?.at ?? '').getUTCDay() % 6).not.toBe(0);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  test('is asked for while it is needed, and from 1 October before it begins', () => {
    expect(missing(at('2026-11-25T00:00:00.000Z'))).toEqual([]);
    expect(missing(at('2027-09-30T23:59:59.999Z'))).toEqual([]);
    expect(missing(at('2027-10-01T00:00:00.000Z'))).toEqual(['kr 2028', 'vn 2028']);
    expect(missing(at('2028-01-01T00:00:00.000Z'))).toEqual(['kr 2028', 'vn 2028']);
  });

  test('or one whose notice is missing makes ends provisional', () => {
    expect(end(1, canTho('2027-06-01T10:00'), desk('vn', true))?.provisional).toBe(true);
    expect(end(1, seoul('2027-06-01T10:00'), desk('kr', true))?.provisional).toBe(false);
  });
});

test('a correction is a later version of the same year', () => {
  const year = calendars[0] as Table;
  const extra = { date: '2026-11-26', appliesTo: 'all', status: 'official' };
  const corrected = { ...year, version: 2, daysOff: [...year.daysOff, extra] };
  for (const tables of [
    [year, corrected],
    [corrected, year],
  ]) {
    const run = { from: seoul('2026-11-25T10:00'), desk: desk('kr'), pauses: [] };
    expect(calendarOf(tables).workingDays(1, run)?.at).toBe(seoul('2026-11-27T18:00'));
  }
});

/** Day by day, with the zones of the platform, straight from the tables. */
const oracle = (days: number, from: Instant, { country, state }: Desk, pause?: Pause) => {
  const timeZone = country === 'kr' ? 'Asia/Seoul' : 'Asia/Ho_Chi_Minh';
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const close = country === 'kr' ? 'T18:00:00+09:00' : 'T17:00:00+07:00';
  const begun = local.format(new Date(from));
  let found = 0;
  for (let day = Date.parse(`${begun}T00:00:00Z`) + 86_400_000; ; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    const table = calendars.find((c) => c.country === country && date.startsWith(String(c.year)));
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    const works = table?.workingWeekendDays.some(
      (d) => d.date === date && d.status !== 'unconfirmed' && (state || d.appliesTo === 'all'),
    );
    const off = table?.daysOff.some((d) => d.date === date);
    if (weekend ? !works : off) continue;
    const end = new Date(`${date}${close}`).toISOString() as Instant;
    if (pause?.to && pause.from <= end && end < pause.to) continue;
    found += 1;
    if (found === days) return end;
  }
};

test('agrees with a slow walk from day to day', () => {
  const first = Date.parse('2025-12-20T00:00:00Z');
  const minute = fc.integer({ min: 0, max: 760 * 24 * 60 });
  const instant = (m: number) => new Date(first + m * 60_000).toISOString() as Instant;
  fc.assert(
    fc.property(
      fc.constantFrom<Country>('kr', 'vn'),
      fc.boolean(),
      fc.integer({ min: 1, max: 15 }),
      minute,
      fc.option(fc.tuple(fc.nat(9_000), fc.nat(20_000))),
      (country, state, days, start, paused) => {
        const [after, length] = paused ?? [0, 0];
        const pause = {
          from: instant(start + after),
          to: instant(start + after + length),
        };
        const of = desk(country, state);
        const found = end(days, instant(start), of, paused ? [pause] : []);
        expect(found?.at).toBe(oracle(days, instant(start), of, paused ? pause : undefined));
      },
    ),
    { numRuns: 10_000 },
  );
});
