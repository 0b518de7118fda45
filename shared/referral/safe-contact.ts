import type { SafeContact } from '../../events/case-file.ts';
import type { Country, Instant } from '../../events/envelope.ts';

/** Hours ahead of UTC; no daylight saving in either country. */
const ahead: Readonly<Record<Country, number>> = { kr: 9, vn: 7 };
const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/** Whether she may be contacted by this channel at this moment: nothing that she did not name is safe. */
export const isSafe = (contact: SafeContact, channel: string, at: Instant): boolean => {
  if (!contact.known || contact.forbidden.includes(channel)) return false;
  if (!contact.channels.some((one) => one.channel === channel)) return false;
  const { hours } = contact;
  if (!hours) return true;
  const there = new Date(Date.parse(at) + ahead[hours.country] * 3_600_000);
  const time = there.toISOString().slice(11, 16);
  const day = days[there.getUTCDay()] ?? '';
  return hours.schedules.some(
    ({ byday, opens_at, closes_at }) =>
      byday.split(',').includes(day) && opens_at <= time && time <= closes_at,
  );
};
