import type { Country, Instant } from '../../events/envelope.ts';
import holidays from '../data/holidays.json' with { type: 'json' };
import { countryOf } from '../referral/order.ts';
import type { OfficeState } from './fold.ts';

/** No daylight saving in either country. */
const ahead: Readonly<Record<Country, number>> = { kr: 9, vn: 7 };
const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/** Whether its hours, as it gave them, say open at this moment. On a day off only who is open round the clock surely is. */
export const hoursAt = (
  { office, schedules = [] }: Pick<OfficeState, 'office' | 'schedules'>,
  now: Instant,
): 'open' | 'closed' | 'hours-unknown' => {
  if (schedules.length === 0) return 'hours-unknown';
  const country = countryOf(office);
  const there = new Date(Date.parse(now) + ahead[country] * 3600_000);
  const [date = '', time = ''] = there.toISOString().split(/[T.]/);
  const today = schedules.filter(({ byday }) => byday.includes(days[there.getUTCDay()] ?? ''));
  const open = today.filter((hours) => hours.opens_at <= time && time <= `${hours.closes_at}:59`);
  const always = open.some(
    ({ opens_at, closes_at }) => `${opens_at}-${closes_at}` === '00:00-23:59',
  );
  if (isDayOff(country, date) && !always) return 'hours-unknown';
  return open.length > 0 ? 'open' : 'closed';
};

const isDayOff = (country: Country, day: string) =>
  holidays.calendars.some(
    (calendar) => calendar.country === country && calendar.daysOff.some(({ date }) => date === day),
  );
