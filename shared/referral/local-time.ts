import type { Country, Instant } from '../../events/envelope.ts';

/** Hours ahead of UTC; no daylight saving in either country. */
const ahead: Readonly<Record<Country, number>> = { kr: 9, vn: 7 };
const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/** What clock and calendar say in a country: `2026-11-23`, `12:00:00`, `MO`. */
export const localTime = (country: Country, at: Instant) => {
  const there = new Date(Date.parse(at) + ahead[country] * 3_600_000);
  const said = there.toISOString();
  return {
    date: said.slice(0, 10),
    time: said.slice(11, 19),
    day: days[there.getUTCDay()] ?? 'SU',
  };
};
