import fc from 'fast-check';
import type { Office } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { directionTo } from '../../shared/referral/order.ts';
import { command } from './given.ts';
import { abroad, home, later, nextYear, sender, shelter, third, union, worker } from './people.ts';

export const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
export const anyOffice = pick<Office>(sender, abroad, abroad, union, home, third);

/** What somebody may try; most of it is refused, as it should be. */
export const anyCommand: fc.Arbitrary<Command> = fc
  .record({
    name: pick<Command['do']>(
      'acknowledge',
      'accept',
      'accept',
      'decline',
      'withdraw',
      'offer',
      'start-service',
      'report-progress',
      'close',
    ),
    office: anyOffice,
    to: anyOffice,
    role: pick('worker', 'supervisor'),
    offer: pick('kr1-1', 'kr1-1', 'kr1-2', 'kr2-1', 'kr3-1', 'kr4-1'),
    lines: pick(['l1'], ['l2'], ['l1', 'l2']),
    declined: pick('no-capacity', 'insufficient-information', 'person-declined', 'other'),
    withdrawn: pick('person-request', 'safety', 'placed-elsewhere', 'no-longer-required'),
    kind: pick('contact-made', 'contact-attempted', 'visit'),
    outcome: pick('service-completed', 'service-unavailable', 'no-show'),
  })
  .map((c) => {
    const { lines } = c;
    const left = ['l1', 'l2'].filter((line) => !lines.includes(line));
    const inputs: Partial<Record<Command['do'], object>> = {
      accept: {
        lines,
        ...(c.kind === 'visit' &&
          left.length > 0 && { left: left.map((line) => ({ line, reason: 'no-capacity' })) }),
      },
      decline: { reason: c.declined },
      withdraw: { reason: c.withdrawn },
      offer: { office: c.to, lines, sameOfficeAgain: 'capacity-now' },
      'report-progress': { kind: c.kind },
      close: { outcomes: lines.map((line) => ({ line, outcome: c.outcome })) },
    };
    const caller = worker(c.office, c.role as 'worker' | 'supervisor');
    return command(c.name, caller, inputs[c.name] ?? {}, c.name === 'offer' ? undefined : c.offer);
  });

/** A grant that this office may record with her. */
const grantTo = (office: Office) => ({
  office,
  direction: office === sender ? 'vn-kr' : directionTo('kr', office),
  expires: nextYear,
});

const one = <T>(of: readonly T[], n: number) => of[n % of.length] as T;

/** Input that fits the offer, chosen by `n`. */
export const inputFor = (
  name: string,
  n: number,
  lines: readonly string[],
  shape: Command,
  office: Office,
): object => {
  const [first, ...others] = lines;
  const some = n % 3 === 0 ? [first] : lines;
  const left = n % 3 === 0 ? others.map((line) => ({ line, reason: 'no-capacity' })) : [];
  const outcome = one(['service-completed', 'no-show', 'service-unavailable'], n);
  const inputs: Record<string, object> = {
    accept: { lines: some, ...(left.length > 0 && { left }) },
    decline: {
      reason: one(
        ['no-capacity', 'no-capacity', 'prerequisites-missing', 'person-declined', 'other'],
        n,
      ),
    },
    withdraw: {
      reason: one(['person-request', 'safety', 'placed-elsewhere', 'no-longer-required'], n),
    },
    offer:
      shape.do === 'offer'
        ? shape.input
        : { office: home, lines: [one(['l1', 'l2'], n)], sameOfficeAgain: 'capacity-now' },
    'report-progress': { kind: one(['contact-made', 'contact-attempted', 'visit'], n) },
    close: { outcomes: lines.map((line) => ({ line, outcome })) },
    'withdraw-acceptance': { reason: one(['no-capacity', 'person-declined', 'other'], n) },
    'request-cancellation': {
      reason: one(['no-longer-required', 'safety', 'placed-elsewhere'], n),
      ...(n % 2 === 0 && { lines: [first] }),
    },
    'stop-line': { line: one(['l1', 'l2'], n), reason: 'no-longer-required' },
    'place-line': {
      line: one(['l1', 'l2'], n),
      offer: one(['kr1-1', 'kr1-2', 'kr2-1', 'kr3-1', 'kr4-1'], n),
    },
    hold: { reason: 'awaiting-document', review: later(40 * 24 * 60) },
    reopen: { reason: 'need-not-met' },
    'mark-error': { reason: n % 7 === 0 ? 'test-entry' : 'not-often' },
    'record-consent': {
      noticeVersion: 'test',
      noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      grants: [{ ...grantTo(office), stages: n % 2 === 0 ? [1, 2] : [1] }],
    },
    'record-arrival': { how: 'seen' },
    'approve-lift': { proposal: one(['kr2-1', 'kr3-1', 'kr4-1', 'vn1-1', 'vn2-1', 'vn3-1'], n) },
    'confirm-erasure': { destroyed: true },
    'give-report': { identification: 'in-person-known' },
    amend: { urgency: one(['urgent', 'emergency'], n) },
    'refer-onward': { office: one([third, home, union, abroad], n), lines: some },
    'propose-hand-over': { office: shelter },
    'propose-override': { basis: 'danger-to-life' },
    'approve-override': { basis: 'danger-to-life' },
    'withdraw-consent': {
      identification: 'passphrase',
      ...(n % 3 !== 0 && { grants: [one(['kr1-1', 'kr1-2', 'kr1-4'], n)] }),
    },
  };
  return inputs[name] ?? {};
};
