import * as z from 'zod';
import { Ref, Subject } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { calendar } from '../../shared/holidays.ts';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { country, now, wake, world } from '../../shared/world.ts';

/** A fact, or a wake-up, which brings no more than the subject. */
const Message = z.looseObject({ id: z.string().optional(), subject: Subject });

/** At every fact and wake-up, in both countries: does what is due by itself, and sets the next wake-up. */
export const handler = eachMessage(async (message) => {
  const { id, subject } = Message.parse(message);
  const ref = Ref.safeParse(subject);
  if (!ref.success) return;
  const { steps, setAside, next } = await doWhatIsDue(world(), ref.data);
  if (next) await wake()(subject, next);
  if (id && setAside.includes(id)) metric(country(), 'FactsSetAside', 1);
  const missing = calendar.missing(now());
  if (missing.length > 0) {
    log.warn('deadlines are provisional: no calendar', { years: missing.join() });
    metric(country(), 'CalendarsMissing', missing.length);
  }
  log.info('followed up', { subject, steps, setAside: setAside.join(), next });
});
