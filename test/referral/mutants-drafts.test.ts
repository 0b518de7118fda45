import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, recorded } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, later, sender, union, worker } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import {
  accepted,
  asked,
  completed,
  declined,
  held,
  inError,
  progressed,
  started,
  told,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [union]] }));
const serving = onward(begun, accepted(), progressed(), started());
const on = (who: typeof sender, name: Command['do'], input: object = {}) =>
  bySupervisor(who, name, input, 'kr1-1');
const hold = { reason: 'awaiting-document', review: later(24 * 60) };
const held24 = { review: later(24 * 60), awaitsArrival: false, pausesContact: false };
const once = onward(begun, asked());
const twice = onward(once, told(), asked({}, { round: 2 }));

test.each<[string, readonly Fact[], Command, string, object]>([
  [
    'a question',
    begun,
    on(abroad, 'request-information'),
    'offer.information-requested.v1',
    { round: 1 },
  ],
  [
    'a second question',
    onward(once, told()),
    on(abroad, 'request-information'),
    'offer.information-requested.v1',
    { round: 2 },
  ],
  [
    'an answer',
    once,
    on(sender, 'provide-information'),
    'offer.information-provided.v1',
    { round: 1 },
  ],
  [
    'a second answer',
    twice,
    on(sender, 'provide-information'),
    'offer.information-provided.v1',
    { round: 2 },
  ],
  ['a hold', serving, on(abroad, 'hold', hold), 'service.held.v1', held24],
  ['its end', onward(serving, held()), on(abroad, 'resume'), 'service.resumed.v1', {}],
  [
    'a visit',
    serving,
    on(abroad, 'report-progress', { kind: 'visit' }),
    'service.progressed.v1',
    { kind: 'visit', visit: 1 },
  ],
  [
    'a second visit',
    onward(serving, progressed({}, { kind: 'visit', visit: 1 })),
    on(abroad, 'report-progress', { kind: 'visit' }),
    'service.progressed.v1',
    { kind: 'visit', visit: 2 },
  ],
  [
    'a note',
    serving,
    on(abroad, 'report-progress', { kind: 'note' }),
    'service.progressed.v1',
    { kind: 'note' },
  ],
  [
    'a reopening',
    onward(serving, completed()),
    on(abroad, 'reopen', { reason: 'need-not-met' }),
    'service.reopened.v1',
    {},
  ],
])('%s is a fact of its own, heard by the sender and the office', (_, facts, does, type, data) => {
  const draft = given(facts, later(20)).when(does);
  const by = 'by' in does.caller && does.caller.by;
  expect(draft).toEqual({
    ...{ type, reach: 'both', data: { offices: [sender, abroad], by, offer: 'kr1-1', ...data } },
  });
  expect(draft && honest(recorded(facts, draft, does)).setAside).toBe(0);
});

test('an error is heard by all that were ever asked, each once, and is marked once', () => {
  const marks = command('mark-error', worker(sender, 'supervisor'), { reason: 'test-entry' });
  const facts = onward(begun, declined());
  expect(given(facts).when(marks)).toMatchObject({
    type: 'referral.entered-in-error.v1',
    data: { offices: [sender, abroad, union] },
  });
  const again = () => given(onward(facts, inError)).when(marks);
  expect(said(again)).toBe('409 not-allowed-now: It was marked as an error before');
});
