import type { Office } from '../../events/envelope.ts';
import type { Caller, Command } from '../../shared/referral/command.ts';
import { countryOf, directionTo, peerOf } from '../../shared/referral/order.ts';
import { command } from './given.ts';
import { abroad, home, later, nextYear, sender, shelter, third } from './people.ts';

/** A submission that this office may make: one line, to one office of the other country. */
export const submission = (from: Office, more: object = {}) => {
  const country = countryOf(from);
  const to = country === 'kr' ? abroad : home;
  const grant = { stages: [1, 2], expires: nextYear };
  return {
    reach: 'both',
    urgency: 'normal',
    lines: [{ offices: [to] }],
    consent: {
      noticeVersion: 'test',
      noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      feedback: 'progress',
      contact: 'office-contacts-person',
      grants: [
        { office: to, direction: directionTo(country, to), ...grant },
        { office: from, direction: `${peerOf(country)}-${country}`, ...grant },
      ],
    },
    ...more,
  };
};

/** The lift that waits in the situation `lift-proposed`. */
const PROPOSAL = 'vn2-1';
/** The plan of the situation `travel-planned`. */
const PLAN = 'kr2-1';

/** One of each command about offer kr1-1, with input that is right at its time; `next` is whom the line may go to. */
export const sample = (caller: Caller, next: Office): Record<string, Command> => {
  const on = (name: Command['do'], input: object = {}) => command(name, caller, input, 'kr1-1');
  const outcome = (code: string) => ({ outcomes: [{ line: 'l1', outcome: code }] });
  const from = 'system' in caller ? abroad : caller.office;
  const way = from === sender ? 'vn-kr' : directionTo('kr', from);
  return {
    acknowledge: on('acknowledge'),
    accept: on('accept', { lines: ['l1'] }),
    decline: on('decline', { reason: 'no-capacity' }),
    withdraw: on('withdraw', { reason: 'no-longer-required' }),
    offer: command('offer', caller, { office: next, lines: ['l1'] }),
    parallel: command('offer', caller, { office: next, lines: ['l1'], parallel: true }),
    'request-information': on('request-information'),
    'provide-information': on('provide-information'),
    'withdraw-acceptance': on('withdraw-acceptance', { reason: 'no-capacity' }),
    'request-cancellation': on('request-cancellation', { reason: 'no-longer-required' }),
    'confirm-cancellation': on('confirm-cancellation'),
    'refuse-cancellation': on('refuse-cancellation'),
    'record-consent': command('record-consent', caller, {
      noticeVersion: 'test',
      noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      grants: [{ office: from, direction: way, stages: [1, 2], expires: nextYear }],
    }),
    'withdraw-consent': command('withdraw-consent', caller, { identification: 'passphrase' }),
    'confirm-withdrawal': command('confirm-withdrawal', caller),
    'refute-withdrawal': command('refute-withdrawal', caller),
    'lapse-consent': command('lapse-consent', caller),
    'stop-line': command('stop-line', caller, { line: 'l1', reason: 'no-longer-required' }),
    'place-line': command('place-line', caller, { line: 'l1', offer: 'kr1-1' }),
    hold: on('hold', { reason: 'awaiting-document', review: later(60 * 24) }),
    resume: on('resume'),
    reopen: on('reopen', { reason: 'need-not-met' }),
    'mark-error': command('mark-error', caller, { reason: 'test-entry' }),
    'start-service': on('start-service'),
    'report-progress': on('report-progress', { kind: 'note' }),
    close: on('close', outcome('service-completed')),
    'close-failed': on('close', outcome('no-show')),
    cancel: on('cancel'),
    expire: on('expire'),
    remind: command('remind', caller, { clock: 'decide', offer: 'kr1-1' }),
    'miss-deadline': command('miss-deadline', caller, { clock: 'decide', offer: 'kr1-1' }),
    'raise-safety-hold': command('raise-safety-hold', caller),
    'propose-lift': command('propose-lift', caller),
    'approve-lift': command('approve-lift', caller, { proposal: PROPOSAL }),
    'plan-travel': command('plan-travel', caller),
    'record-arrival': command('record-arrival', caller, { how: 'seen' }),
    'record-no-arrival': command('record-no-arrival', caller, { plan: PLAN }),
    'confirm-erasure': command('confirm-erasure', caller, { destroyed: true }),
    'give-report': command('give-report', caller, { identification: 'in-person-known' }),
    amend: command('amend', caller, { urgency: 'urgent' }),
    'refer-onward': on('refer-onward', { office: third, lines: ['l1'] }),
    'close-parent': on('close-parent'),
    'propose-hand-over': command('propose-hand-over', caller, { office: shelter }),
    'take-over': command('take-over', caller),
    'propose-override': command('propose-override', caller, { basis: 'danger-to-life' }),
    'approve-override': command('approve-override', caller, { basis: 'danger-to-life' }),
    'end-override': command('end-override', caller),
    submit: command('submit', caller, submission(from)),
  };
};
