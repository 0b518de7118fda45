import type { Country, Instant } from '../../events/envelope.ts';
import holidays from '../data/holidays.json' with { type: 'json' };
import { localTime } from '../referral/local-time.ts';
import { countryOf } from '../referral/order.ts';
import type { OfficeState } from './fold.ts';

/** Whether its hours, as it gave them, say open at this moment. On a day off only who is open round the clock surely is. */
export const hoursAt = (
  { office, schedules = [] }: Pick<OfficeState, 'office' | 'schedules'>,
  now: Instant,
): 'open' | 'closed' | 'hours-unknown' => {
  if (schedules.length === 0) return 'hours-unknown';
  const country = countryOf(office);
  const { date, time, day } = localTime(country, now);
  const today = schedules.filter(({ byday }) => byday.includes(day));
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
