import * as z from 'zod';
import { Ref, Subject } from '../../events/envelope.ts';
import { agreesOn } from '../../shared/agrees-on.ts';
import { eachMessage } from '../../shared/consume.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { calendar } from '../../shared/holidays.ts';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { followOffice, officeSuspended } from '../../shared/suspended.ts';
import type { AsksArrival } from '../../shared/vault/ask-arrival.ts';
import {
  asksArrival,
  country,
  directory,
  ledger,
  now,
  peer,
  queue,
  slots,
  views,
  wake,
  world,
} from '../../shared/world.ts';

/** A fact, or a wake-up, which brings no more than the subject, and of an office where its list goes on. */
const Message = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  subject: Subject,
  cursor: z.string().optional(),
});

/** At every fact and wake-up, in both countries: does what is due by itself, and sets the next wake-up. */
export const handler = eachMessage(async (message) => {
  const { id, type, subject, cursor } = Message.parse(message);
  const ref = Ref.safeParse(subject);
  if (!ref.success) return ofOffice(subject, type, cursor);
  const others = { agrees, overdue, erase: (asked: object) => queue('ERASE').send(asked) };
  const done = await doWhatIsDue(world(), ref.data, others);
  const { steps, setAside, next, waits, stands, unanswered, refused } = done;
  if (next) await wake()(subject, next);
  if (id && setAside.includes(id)) metric(country(), 'FactsSetAside', 1);
  if (waits) metric(country(), 'WithdrawalWaitsSeconds', secondsSince(waits), 'Seconds');
  if (stands) metric(country(), 'ErasureWaitsSeconds', secondsSince(stands), 'Seconds');
  if (unanswered) metric(country(), 'ArrivalsUnanswered', 1);
  const missing = calendar.missing(now());
  if (missing.length > 0) {
    log.warn('deadlines are provisional: no calendar', { years: missing.join() });
    metric(country(), 'CalendarsMissing', missing.length);
  }
  log.info('followed up', { subject, steps, setAside: setAside.join(), next, waits, stands });
  for (const { due, error } of refused)
    log.error('what is due was refused', error, { subject, command: due.do, code: error.code });
  // All else is done and the next wake-up set: now it rings, and the message comes again.
  if (refused[0]) throw refused[0].error;
});

/** Of an office only its suspension calls for something. */
const ofOffice = (subject: string, type?: string, cursor?: string) => {
  if (type !== undefined && type !== 'office.suspended.v1') return undefined;
  const stores = {
    ...{ country: country(), ledger: ledger(), directory: directory(), views: views(), now },
    ...{ wake: wake(), queue: queue('FOLLOW_UP') },
  };
  return type ? officeSuspended(stores, subject) : followOffice(stores, subject, cursor);
};

/** A country that does not answer does not agree: what cannot be undone waits, all else goes on. */
const agrees = (subject: string) =>
  agreesOn({ slots: slots(), peer: peer() }, subject).catch((error: unknown) => {
    log.error('the other country does not answer', error, { subject });
    return false;
  });

/** A gate that does not answer says neither yes nor no. */
const overdue = (...asked: Parameters<AsksArrival>) =>
  asksArrival()(...asked).catch((error: unknown) => {
    log.error('no answer from the gate', error, { subject: asked[0] });
    return undefined;
  });

const secondsSince = (instant: string) => (Date.parse(now()) - Date.parse(instant)) / 1000;
