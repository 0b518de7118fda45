import type { SafeContact } from '../../events/case-file.ts';
import type { Input } from '../../events/commands.ts';
import type { Instant } from '../../events/envelope.ts';
import { localTime } from './local-time.ts';

/**
 * Whether a report says that she was to be reached: also as a contact made, if it names a channel; who was called by her names
 * none.
 */
export const isAttempt = ({ kind, channel }: Input<'report-progress'>): boolean =>
  kind === 'contact-attempted' || channel !== undefined;

/** Whether she may be contacted by this channel, and at this moment if one is given: nothing that she did not name is safe. */
export const isSafe = (contact: SafeContact, channel: string, at?: Instant): boolean => {
  if (!contact.known || contact.forbidden.includes(channel)) return false;
  if (!contact.channels.some((one) => one.channel === channel)) return false;
  const { hours } = contact;
  if (!hours || !at) return true;
  const { time, day } = localTime(hours.country, at);
  return hours.schedules.some(
    ({ byday, opens_at, closes_at }) =>
      byday.split(',').includes(day) && opens_at <= time && time <= `${closes_at}:59`,
  );
};
