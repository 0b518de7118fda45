import * as z from 'zod';
import { Ref, Subject } from '../../events/envelope.ts';
import { agreesOn } from '../../shared/agrees-on.ts';
import { eachMessage } from '../../shared/consume.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { calendar } from '../../shared/holidays.ts';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { country, now, peer, slots, wake, world } from '../../shared/world.ts';

/** A fact, or a wake-up, which brings no more than the subject. */
const Message = z.looseObject({ id: z.string().optional(), subject: Subject });

/** At every fact and wake-up, in both countries: does what is due by itself, and sets the next wake-up. */
export const handler = eachMessage(async (message) => {
  const { id, subject } = Message.parse(message);
  const ref = Ref.safeParse(subject);
  if (!ref.success) return;
  const { steps, setAside, next, waits } = await doWhatIsDue(world(), ref.data, agrees);
  if (next) await wake()(subject, next);
  if (id && setAside.includes(id)) metric(country(), 'FactsSetAside', 1);
  if (waits) metric(country(), 'WithdrawalWaitsSeconds', secondsSince(waits), 'Seconds');
  const missing = calendar.missing(now());
  if (missing.length > 0) {
    log.warn('deadlines are provisional: no calendar', { years: missing.join() });
    metric(country(), 'CalendarsMissing', missing.length);
  }
  log.info('followed up', { subject, steps, setAside: setAside.join(), next, waits });
});

/** A country that does not answer does not agree: what cannot be undone waits, all else goes on. */
const agrees = (subject: string) =>
  agreesOn({ slots: slots(), peer: peer() }, subject).catch((error: unknown) => {
    log.error('the other country does not answer', error, { subject });
    return false;
  });

const secondsSince = (instant: string) => (Date.parse(now()) - Date.parse(instant)) / 1000;
