import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { wayOf } from '../../shared/referral/lines.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, command } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, sender, union, worker } from '../support/people.ts';
import { accepted, askedToEnd } from '../support/steps.ts';

const both = log(submitted({ lines: [[abroad], [abroad, union]] }));
const serving = onward(both, accepted({}, { lines: ['l1', 'l2'] }));
const asks = (facts: readonly Fact[], reason: string, line: string) =>
  after(facts, command('request-cancellation', worker(sender), { reason, lines: [line] }, 'kr1-1'));
const confirms = (facts: readonly Fact[]) =>
  after(facts, command('confirm-cancellation', worker(abroad), {}, 'kr1-1'));
const ways = (facts: readonly Fact[]) =>
  ['l1', 'l2'].map((line) => wayOf(honest(facts).referral, line as LineId));

test('what she said of one line stops no other that the same office held', () => {
  const asked = asks(asks(serving, 'other', 'l2'), 'person-request', 'l1');
  const first = confirms(asked);
  expect(first.at(-1)?.data).toMatchObject({ lines: ['l1'], next: 'stop' });
  expect(honest(first).asked()).toBe('requested');
  const last = confirms(first);
  expect(last.at(-1)?.data).toMatchObject({ lines: ['l2'], next: 'human' });
  expect(ways(last)).toEqual(['stop', 'human']);
  expect([honest(last).status(), honest(last).line(), honest(last).line('l2')]).toEqual([
    'cancelled',
    'stopped',
    'open',
  ]);
});

test('lines that go the same way end in one fact', () => {
  const asked = asks(asks(serving, 'other', 'l2'), 'other', 'l1');
  expect(confirms(asked).at(-1)?.data).toMatchObject({ lines: ['l1', 'l2'], next: 'human' });
});

test('of an offer that nobody accepted, its system cancels each way in a fact of its own', () => {
  const asked = onward(
    both,
    askedToEnd({}, { lines: ['l1'], next: 'stop' }),
    askedToEnd({}, { lines: ['l2'], next: 'next-office' }),
  );
  let facts: readonly Fact[] = asked;
  for (const line of ['l1', 'l2']) {
    const due = dueNext(fold(facts), contextIn('vn'));
    facts = due ? after(facts, due) : facts;
    expect(facts.at(-1)?.data.lines).toEqual([line]);
  }
  expect(ways(facts)).toEqual(['stop', 'next-office']);
  expect(dueNext(fold(facts), contextIn('kr'))).toMatchObject({
    do: 'offer',
    input: { office: union },
  });
});
