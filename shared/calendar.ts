import type { Country, Instant } from '../events/envelope.ts';
import type { Desk, End, Hours, Run, WorkingDays } from './referral/spans.ts';

type Day = { readonly date: string; readonly appliesTo: string; readonly status: string };
/** A country's year as `holidays.json` has it. */
export type Table = {
  readonly country: string;
  readonly year: number;
  readonly version: number;
  readonly status: string;
  readonly weekend: readonly string[];
  readonly daysOff: readonly Day[];
  readonly workingWeekendDays: readonly Day[];
};
type Year = {
  readonly status: string;
  readonly weekend: readonly string[];
  readonly off: ReadonlyMap<string, Day>;
  readonly working: ReadonlyMap<string, Day>;
};

export type Calendar = {
  readonly workingDays: WorkingDays;
  /** Countries and years without a table that are needed now; from 1 October also the next year's. */
  missing(at: Instant): string[];
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours ahead of UTC, and when desks open and close that did not say. No daylight saving in either country. */
const places: Readonly<Record<Country, { ahead: number; opens: string; closes: string }>> = {
  kr: { ahead: 9, opens: '09:00', closes: '18:00' },
  vn: { ahead: 7, opens: '08:00', closes: '17:00' },
};
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** What is known of a year without a table. */
const unknown: Year = {
  status: 'missing',
  weekend: ['saturday', 'sunday'],
  off: new Map(),
  working: new Map(),
};

/** Working days by the tables of both countries: no holiday is ever computed, and a missing year never stops anything. */
export const calendarOf = (tables: readonly Table[]): Calendar => {
  const years = new Map<string, Year>();
  for (const table of tables.toSorted((a, b) => a.version - b.version))
    years.set(`${table.country} ${table.year}`, {
      ...table,
      off: byDate(table.daysOff),
      working: byDate(table.workingWeekendDays),
    });
  return {
    workingDays: (days, run) => workingDays(years, days, run),
    missing(at) {
      const next = at.slice(5, 7) >= '10' ? [Number(at.slice(0, 4)) + 1] : [];
      const needed = [Number(at.slice(0, 4)), ...next];
      return ['kr', 'vn']
        .flatMap((c) => needed.map((y) => `${c} ${y}`))
        .filter((k) => !years.has(k));
    },
  };
};

const byDate = (days: readonly Day[]) => new Map(days.map((day) => [day.date, day]));

const workingDays = (
  years: ReadonlyMap<string, Year>,
  days: number,
  { from, desk, pauses }: Run,
): End | undefined => {
  const { ahead } = places[desk.country];
  let left = Math.ceil(days);
  let provisional = false;
  for (let day = Math.floor((Date.parse(from) + ahead * HOUR) / DAY) + 1; ; day += 1) {
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    const weekday = (day + 4) % 7;
    const kind = kindOf(
      years.get(`${desk.country} ${date.slice(0, 4)}`) ?? unknown,
      date,
      weekday,
      desk,
    );
    provisional ||= kind.provisional;
    if (!kind.works) continue;
    const { opens, closes } = hoursOn(weekday, desk);
    const end = instant(day, minutes(closes), ahead);
    const pause = pauses.find((p) => p.from <= end && (!p.to || end < p.to));
    if (pause && !pause.to) return undefined;
    if (!pause) left -= 1;
    if (left <= 0) {
      const middle = (minutes(opens) + minutes(closes)) / 2;
      return { at: Number.isInteger(days) ? end : instant(day, middle, ahead), provisional };
    }
  }
};

/** Whether a desk works on a day. What may be a day off is one: nothing ends on a day that may be a holiday. */
const kindOf = (year: Year, date: string, weekday: number, desk: Desk) => {
  const weekend = year.weekend.includes(weekdays[weekday] ?? '');
  const exception = weekend ? year.working.get(date) : year.off.get(date);
  const binds =
    exception?.status !== 'unconfirmed' && (exception?.appliesTo !== 'state' || desk.state);
  const works = weekend ? exception !== undefined && binds : exception === undefined;
  return { works, provisional: year.status !== 'official' || !binds };
};

const hoursOn = (weekday: number, { country, schedules = [] }: Desk) => {
  const code = weekdays[weekday]?.slice(0, 2).toUpperCase() ?? '';
  const today = schedules.filter(({ byday }) => byday.includes(code));
  const sorted = (of: keyof Hours) => today.map((hours) => hours[of]).toSorted();
  const { opens, closes } = places[country];
  return { opens: sorted('opens_at')[0] ?? opens, closes: sorted('closes_at').at(-1) ?? closes };
};

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const instant = (day: number, minute: number, ahead: number): Instant =>
  new Date(day * DAY - ahead * HOUR + minute * 60_000).toISOString() as Instant;
