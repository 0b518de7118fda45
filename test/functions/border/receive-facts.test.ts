import '../../support/env.ts';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/border/receive-facts.ts';
import { crossing, queueOf } from '../../support/aws.ts';
import { log, onward, submitted } from '../../support/facts.ts';
import { later, noon } from '../../support/people.ts';
import { acknowledged, declined } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const facts = onward(log(submitted()), acknowledged(), declined());
const [first, second, third] = facts as [Fact, Fact, Fact];
const queue = mockClient(SQSClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  queue.reset();
  db = tables();
});
const failures = async (...messages: unknown[]) =>
  (await handler(queueOf(...messages))).batchItemFailures.map(
    ({ itemIdentifier }) => itemIdentifier,
  );
const refused = () => queue.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
const beat = (time: string, from = 'vn') => ({
  ...crossing(second, `border.${from}`),
  'detail-type': 'border.heartbeat.v1',
  detail: {
    specversion: '1.0',
    id: `heartbeat/${from}/1`,
    source: `urn:referrals:${from}`,
    type: 'border.heartbeat.v1',
    time,
  },
});

test('a batch in any order: what waits is reported and comes again, nothing else is', async () => {
  db.hold([first]);
  expect(await failures(crossing(third), crossing(second))).toEqual(['m1']);
  expect(await failures(crossing(third))).toEqual([]);
  expect(db.ledger()).toEqual(facts);
  expect(refused()).toEqual([]);
});

test('a fact that had seen more of ours than is here waits', async () => {
  expect(await failures(crossing(second))).toEqual(['m1']);
  expect(db.ledger()).toEqual([]);
});

test('a repeat is done', async () => {
  db.hold(facts);
  expect(await failures(crossing(second), crossing(second))).toEqual([]);
  expect(db.writes()).toBe(0);
});

test('the members stay in the order in which they came, and when it came stands beside them', async () => {
  db.hold([first]);
  const turned = Object.fromEntries(Object.entries({ ...second, extra: 1 }).reverse()) as Fact;
  await failures(crossing(turned));
  const item = [...db.items.values()].at(-1);
  expect(item?.fact?.S).toBe(JSON.stringify(turned));
  expect(item?.receivedAt?.S).toBe(noon);
});

describe('what is not the peer’s fact is set down for the operators, and done', () => {
  test.each<[string, unknown]>([
    ['our own country’s', crossing(first)],
    ['our own under the peer’s name', crossing(first, 'referrals.vn')],
    ['the peer’s from another source', crossing(second, 'referrals.kr')],
    ['a stranger’s', crossing(second, 'invented.source')],
    ['with another id', crossing({ ...second, id: third.id })],
    ['no envelope', { ...crossing(second), detail: { hello: 'world' } }],
    ['a heartbeat in our own name', beat(noon, 'kr')],
    ['a heartbeat that is none', { ...beat(noon), detail: { time: noon } }],
  ])('%s', async (_, message) => {
    db.hold([first]);
    expect(await failures(message)).toEqual([]);
    expect(refused()).toHaveLength(1);
    expect(refused()[0]?.QueueUrl).toContain('refused');
    expect(db.ledger()).toEqual([first]);
  });

  test('with other bytes in a taken slot', async () => {
    db.hold(facts);
    expect(await failures(crossing({ ...second, time: later(99) }))).toEqual([]);
    expect(refused()).toHaveLength(1);
    expect(db.ledger()).toEqual(facts);
  });
});

test('a message that is no JSON does not hold back its neighbours', async () => {
  db.hold([first]);
  const event = queueOf('x', crossing(second));
  const [odd] = event.Records;
  if (odd) odd.body = 'no json';
  expect((await handler(event)).batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
  expect(db.ledger()).toEqual([first, second]);
});

describe('a heartbeat', () => {
  const heard = () => db.items.get('ledger border heartbeat');

  test('is kept with when it came', async () => {
    expect(await failures(beat(later(-1)))).toEqual([]);
    expect(heard()).toMatchObject({ sentAt: { S: later(-1) }, receivedAt: { S: noon } });
    expect(db.ledger()).toEqual([]);
  });

  test('that was overtaken changes nothing', async () => {
    expect(await failures(beat(later(-1)), beat(later(-6)))).toEqual([]);
    expect(heard()).toMatchObject({ sentAt: { S: later(-1) } });
  });
});
