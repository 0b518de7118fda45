import { describe, expect, test } from 'vitest';
import type { Fact, Instant, Office } from '../../events/envelope.ts';
import type { Act } from '../../shared/referral/command.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, helpline, later, sender, third } from '../support/people.ts';
import { bySupervisor, may, whyNot } from '../support/permission.ts';
import {
  accepted,
  asked,
  askedToCancel,
  completed,
  consentRecorded,
  consentWithdrawn,
  declined,
  failed,
  inError,
  made,
  progressed,
  refusedToCancel,
  started,
  told,
} from '../support/steps.ts';

const begun = log(submitted({ helplines: [helpline] }));
const urgent = (urgency: string) => log(submitted({ urgency }));
const inProgress = (facts: readonly Fact[] = begun) =>
  onward(facts, accepted(), progressed(), started());

/** Nothing when it may be done, else why not. */
const why = (
  facts: readonly Fact[],
  name: Act,
  at?: Instant,
  office: Office = abroad,
  input: object = {},
) => whyNot(facts, bySupervisor(office, name, input, 'kr1-1'), at);
const wrongTime = { code: 'not-allowed-now', status: 409 };

describe('questions', () => {
  test('are for two rounds, one after the other', () => {
    const once = onward(begun, asked());
    expect(why(begun, 'request-information')).toBeUndefined();
    expect(why(once, 'request-information')).toEqual(wrongTime);
    const answered = onward(once, told());
    expect(why(answered, 'request-information')).toBeUndefined();
    const twice = onward(answered, asked({}, { round: 2 }), told({}, { round: 2 }));
    expect(why(twice, 'request-information')).toEqual(wrongTime);
  });

  test('are not for an emergency, but for an urgent case', () => {
    expect(why(urgent('emergency'), 'request-information')).toEqual(wrongTime);
    expect(why(urgent('urgent'), 'request-information')).toBeUndefined();
  });
});

describe('a hold', () => {
  const hold = { reason: 'awaiting-document', review: later(60 * 24) };
  test('waits in an emergency until she was reached, and in no other case', () => {
    const at = later(1);
    const taken = (urgency: string) => onward(urgent(urgency), accepted());
    expect(why(taken('emergency'), 'hold', at, abroad, hold)).toEqual(wrongTime);
    expect(why(taken('urgent'), 'hold', at, abroad, hold)).toBeUndefined();
    const reached = onward(taken('emergency'), progressed());
    expect(why(reached, 'hold', at, abroad, hold)).toBeUndefined();
  });
});

describe('a reopening', () => {
  const reopen = { reason: 'need-not-met' };
  const over = onward(inProgress(), completed());
  const end = Date.parse(over.at(-1)?.time ?? '');
  const in14Days = (ms: number) =>
    new Date(end + 14 * 24 * 3_600_000 + ms).toISOString() as Instant;

  test('is possible for 14 days, to the millisecond', () => {
    expect(why(over, 'reopen', in14Days(0), abroad, reopen)).toBeUndefined();
    expect(why(over, 'reopen', in14Days(1), abroad, reopen)).toEqual(wrongTime);
    expect(may(over, 'reopen', abroad, 'supervisor', in14Days(1))).toBe(false);
  });

  test('is not while the gate is shut, nor of an error', () => {
    const shut = onward(inProgress(), askedToCancel({}, { shut: true }), completed());
    expect(why(shut, 'reopen', later(60), abroad, reopen)).toEqual(wrongTime);
    expect(why(onward(over, inError), 'reopen', later(60), abroad, reopen)).toEqual(wrongTime);
  });

  test('is not once another office was asked, but while the line is open', () => {
    const open = onward(
      inProgress(),
      failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
    );
    expect(why(open, 'reopen', later(60), abroad, reopen)).toBeUndefined();
    const elsewhere = onward(open, made({ office: third, offer: 'kr2-1', actor: sender }));
    expect(why(elsewhere, 'reopen', later(60), abroad, reopen)).toEqual(wrongTime);
  });

  test('is not when only one of its lines is free', () => {
    const rows = ['l1', 'l2'].map((line) => ({ line, state: 'failed', next: 'sender' }));
    const two = log(submitted({ lines: [[abroad], [abroad]] }));
    const open = onward(two, accepted({}, { lines: ['l1', 'l2'] }), failed({}, { lines: rows }));
    expect(why(open, 'reopen', later(60), abroad, reopen)).toBeUndefined();
    const half = onward(
      open,
      made({ office: third, offer: 'kr2-1', actor: sender }, { lines: ['l2'] }),
    );
    expect(why(half, 'reopen', later(60), abroad, reopen)).toEqual(wrongTime);
  });
});

describe('the receiver says no to a request', () => {
  const toEnd = onward(inProgress(), askedToCancel());
  const consents = (office: Office, grant: string) => consentRecorded(office, grant, 'kr-vn');

  test('only after she said so, in a record of its own that had seen the request', () => {
    expect(why(toEnd, 'refuse-cancellation')).toEqual(wrongTime);
    expect(why(onward(toEnd, consents(abroad, 'vn4-1')), 'refuse-cancellation')).toBeUndefined();
    const before = onward(inProgress(), consents(abroad, 'vn4-1'), askedToCancel());
    expect(why(before, 'refuse-cancellation')).toEqual(wrongTime);
    const bySender = onward(toEnd, consentRecorded(sender, 'kr3-1', 'vn-kr'));
    expect(why(bySender, 'refuse-cancellation')).toEqual(wrongTime);
  });

  test('once, and anew to a new request alone', () => {
    const no = onward(toEnd, consents(abroad, 'vn4-1'), refusedToCancel());
    expect(why(no, 'refuse-cancellation')).toMatchObject({ code: 'already-done-differently' });
    const anew = onward(no, askedToCancel());
    expect(why(anew, 'refuse-cancellation')).toEqual(wrongTime);
    expect(why(onward(anew, consents(abroad, 'vn6-1')), 'refuse-cancellation')).toBeUndefined();
  });

  test('not to what nobody asked, nor to a withdrawal of consent or an error', () => {
    const hers = consents(abroad, 'vn4-1');
    expect(why(onward(inProgress(), hers), 'refuse-cancellation')).toEqual(wrongTime);
    const withdrawn = onward(inProgress(), hers, consentWithdrawn(sender, 'kr2-1', 'vn4-1'));
    expect(why(withdrawn, 'refuse-cancellation')).toEqual(wrongTime);
    const error = onward(toEnd, hers, inError);
    expect(why(error, 'refuse-cancellation')).toEqual(wrongTime);
  });
});

test('she must have wished to go on after each request, not only after one of them', () => {
  const once = onward(inProgress(), askedToCancel(), consentRecorded(abroad, 'vn4-1', 'kr-vn'));
  expect(why(once, 'refuse-cancellation')).toBeUndefined();
  expect(why(onward(once, askedToCancel()), 'refuse-cancellation')).toEqual(wrongTime);
});

test('a line that is open, or that two dispute, counts beside one that is not', () => {
  const two = log(submitted({ lines: [[abroad], [third]] }));
  const open = onward(two, declined({}, { next: 'sender' }));
  expect(may(open, 'stop-line', sender)).toBe(true);
  expect(may(open, 'offer', sender, 'worker')).toBe(true);
  expect(may(two, 'offer', sender, 'worker')).toBe(false);
  const other = { office: third, offer: 'kr3-1' };
  const rival = onward(
    onward(
      two,
      accepted({ office: third, offer: 'kr1-2' }, { lines: ['l2'] }),
      declined({}, { next: 'sender' }),
    ),
    made({ office: abroad, offer: 'kr2-1', actor: sender }),
    made(other),
    ...[
      accepted({ office: abroad, offer: 'kr2-1' }),
      progressed({ office: abroad, offer: 'kr2-1' }),
    ],
    ...[
      started({ office: abroad, offer: 'kr2-1' }),
      accepted(other),
      progressed(other),
      started(other),
    ],
  );
  expect(may(rival, 'place-line', sender)).toBe(true);
});
