import '../../support/env.ts';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { queueOf } from '../../support/aws.ts';
import { logged } from '../../support/env.ts';
import { later } from '../../support/people.ts';
import { nextOf, threeFacts } from '../../support/subjects.ts';
import { tables } from '../../support/tables.ts';

vi.stubEnv('RESTORING', 'true');
vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false'); // a laptop's mode would switch them off
afterAll(() => vi.unstubAllEnvs());
const { handler } = await import('../../../functions/border/put-back.ts');

/** A referral of one country alone: nobody else has a copy. */
const domestic = (() => {
  const log: Fact[] = [threeFacts(1, 'kr')[0]];
  for (const minutes of [1, 2, 3, 4]) log.push(nextOf(log, 'kr', minutes));
  return log as [Fact, Fact, Fact, Fact, Fact];
})();
const [first, second, third, fourth] = domestic;
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
});
const replayed = async (...messages: unknown[]) =>
  (await handler(queueOf(...messages))).batchItemFailures.map(
    ({ itemIdentifier }) => itemIdentifier,
  );
const alarmed = () => logged.join().includes('"FactsContradicting":1');

describe('a replay', () => {
  test('a restored ledger takes its own facts back from the archive, in any order, and overwrites none', async () => {
    db.hold([first, second]);
    expect(await replayed(domestic[4], second, third)).toEqual([]);
    expect(db.ledger()).toEqual([first, second, third, domestic[4]]);
    expect(await replayed({ ...first, time: later(99) }, fourth, first)).toEqual([]);
    expect(db.ledger()).toEqual(domestic);
  });

  test('of all, again and again, is as once', async () => {
    for (const turn of [domestic, domestic.toReversed()])
      expect(await replayed(...turn)).toEqual([]);
    expect(db.ledger()).toEqual(domestic);
    expect(alarmed()).toBe(false);
  });

  test('brings what the peer has copies of, too, whatever of the peer it rests on', async () => {
    const log = threeFacts(2);
    const last = nextOf(log, 'kr', 9);
    expect(await replayed(last)).toEqual([]);
    expect(db.ledger()).toEqual([last]);
  });

  test('leaves each as it came, and not as one that came from the peer', async () => {
    const turned = Object.fromEntries(Object.entries({ ...first, extra: 1 }).reverse()) as Fact;
    await replayed(turned);
    const [item] = [...db.items.values()];
    expect(item?.fact?.S).toBe(JSON.stringify(turned));
    expect(item).not.toHaveProperty('receivedAt');
  });
});

describe('a slot that is taken', () => {
  test('by the same fact, its members in another order, is already back', async () => {
    db.hold(domestic);
    await replayed(Object.fromEntries(Object.entries(second).reverse()));
    expect(db.ledger()).toEqual(domestic);
    expect(logged.join()).toContain('already back');
    expect(alarmed()).toBe(false);
  });

  test.each<[string, (fact: Fact) => Fact]>([
    ['another time', (fact) => ({ ...fact, time: later(99) })],
    ['one member more', (fact) => ({ ...fact, extra: 1 })],
    ['other data', (fact) => ({ ...fact, data: { ...fact.data, extra: 1 } })],
  ])('by a fact with %s is an alarm, and stays as it is', async (_, changed) => {
    db.hold(domestic);
    expect(await replayed(changed(second))).toEqual([]);
    expect(db.ledger()).toEqual(domestic);
    expect(alarmed()).toBe(true);
    const line = logged.find((text) => text.includes('other bytes')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ subject: second.subject, country: 'kr', seq: 2 });
  });
});

test.each<[string, unknown]>([
  ['a fact of the peer', threeFacts(1)[1]],
  ['our own under the peer’s source', { ...second, source: 'urn:referrals:vn' }],
  ['another id', { ...second, id: third.id }],
  ['another subject', { ...second, subject: threeFacts(3)[0].subject }],
  ['another number', { ...second, seq: 7 }],
  ['no envelope', { hello: 'world' }],
  ['a wake-up', { subject: second.subject }],
])('what is no own fact is not put anywhere, and waits for a person: %s', async (_, message) => {
  expect(await replayed(message, first)).toEqual(['m1']);
  expect(db.ledger()).toEqual([first]);
});
