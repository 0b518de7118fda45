import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { Conflict } from '../../shared/errors.ts';
import { type Ledger, ledgerIn, slotKey } from '../../shared/ledger.ts';
import { log, onward, ref, submitted } from '../support/facts.ts';
import { memory } from '../support/memory.ts';
import { noon } from '../support/people.ts';
import { acknowledged, declined } from '../support/steps.ts';
import { tables } from '../support/tables.ts';

const facts = onward(log(submitted()), acknowledged(), declined());
const [first, second] = facts as [Fact, Fact, Fact];
const open = () => {
  let puts = 0;
  return ledgerIn(new DynamoDBClient({}), 'ledger', () => `put ${++puts}`);
};
const inTables = (pageSize?: number) => {
  tables({ pageSize });
  return open();
};
const taken = (put: string) =>
  new ConditionalCheckFailedException({ message: 'no', $metadata: {}, Item: { put: { S: put } } });

describe.each<[string, () => Ledger]>([
  ['the ledger', () => inTables()],
  ['the ledger, read in pages of one', () => inTables(1)],
  ['the ledger in memory', () => memory()],
])('%s', (_, make) => {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = make();
  });

  test('gives back what was appended, as it was, one country after the other', async () => {
    for (const fact of [first, second]) await ledger.append(fact);
    expect((await ledger.load(ref)).map(({ fact, text }) => [fact, text])).toEqual(
      [first, second].map((fact) => [fact, JSON.stringify(fact)]),
    );
  });

  test('keeps what stands beside a fact, never in it', async () => {
    const beside = { mark: { call: 'a call', body: 'a body' }, receivedAt: noon };
    await ledger.append(first, beside);
    expect(await ledger.load(ref)).toEqual([
      { fact: first, text: JSON.stringify(first), ...beside },
    ]);
  });

  test('gives nothing of another subject', async () => {
    await ledger.append(first);
    expect(await ledger.load(`${ref.slice(0, -1)}X`)).toEqual([]);
  });

  test('takes a slot once', async () => {
    await ledger.append(first);
    await expect(ledger.append({ ...first, time: noon })).rejects.toThrow(Conflict);
    await expect(ledger.append(first)).rejects.toThrow(Conflict);
    expect((await ledger.load(ref))[0]?.fact).toEqual(first);
  });

  test('keeps members that this version does not know', async () => {
    const later = { ...first, extension: 'kept', data: { ...first.data, more: { of: 'it' } } };
    await ledger.append(later);
    expect((await ledger.load(ref))[0]?.fact).toEqual(later);
  });
});

describe('one append', () => {
  test('is one conditional put with a random `put` of its own', async () => {
    const { dynamo } = tables();
    const ledger = open();
    await ledger.append(first);
    await ledger.append(second);
    const inputs = dynamo.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input);
    expect(inputs).toHaveLength(2);
    expect(inputs[0]).toMatchObject({
      TableName: 'ledger',
      Item: { pk: { S: ref }, sk: { S: 'fact#kr#000001' }, put: { S: 'put 1' } },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(inputs[1]?.Item?.put).toEqual({ S: 'put 2' });
  });

  test('that was applied and answered late is a success', async () => {
    mockClient(DynamoDBClient).on(PutItemCommand).rejects(taken('put 1'));
    await expect(open().append(first)).resolves.toBeUndefined();
  });

  test.each([['put 2'], ['']])('is a conflict with a put that is not its own (%j)', async (put) => {
    mockClient(DynamoDBClient).on(PutItemCommand).rejects(taken(put));
    await expect(open().append(first)).rejects.toThrow(Conflict);
  });

  test('is a conflict when the old item is not told', async () => {
    const error = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    mockClient(DynamoDBClient).on(PutItemCommand).rejects(error);
    await expect(open().append(first)).rejects.toThrow(Conflict);
  });

  test('passes on any other error as it is', async () => {
    mockClient(DynamoDBClient).on(PutItemCommand).rejects(new Error('throttled'));
    await expect(open().append(first)).rejects.toThrow('throttled');
  });
});

describe('one load', () => {
  const item = (fact: Fact) => ({ sk: { S: slotKey(fact) }, fact: { S: JSON.stringify(fact) } });
  const whole = facts.map(item);

  test.each<[string, number[]]>([
    ['a slot is empty', [0, 2]],
    ['a cause was not read', [1]],
    ['the first is missing', [2]],
  ])('is read again, consistently, when %s', async (_, torn) => {
    const dynamo = mockClient(DynamoDBClient);
    const part = torn.map((i) => whole[i] ?? {});
    dynamo.on(QueryCommand).resolvesOnce({ Items: part }).resolves({ Items: whole });
    const found = await open().load(ref);
    expect(found.map(({ fact }) => fact)).toEqual(facts);
    const inputs = dynamo.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input);
    expect(inputs).toHaveLength(2);
    for (const input of inputs) expect(input.ConsistentRead).toBe(true);
  });

  test('that stays torn is not decided upon', async () => {
    const dynamo = mockClient(DynamoDBClient);
    dynamo.on(QueryCommand).resolves({ Items: [item(second)] });
    await expect(open().load(ref)).rejects.toThrow();
    expect(dynamo.commandCalls(QueryCommand).length).toBeLessThanOrEqual(10);
  });

  test('refuses an item that is no fact, rather than to skip it', async () => {
    mockClient(DynamoDBClient)
      .on(QueryCommand)
      .resolves({ Items: [{ fact: { S: '{}' } }] });
    await expect(open().load(ref)).rejects.toThrow();
  });
});

test('slots of one country are a range, in order', () => {
  const keys = [9, 10, 99, 100_000].map((seq) => slotKey({ country: 'vn', seq }));
  expect(keys).toEqual(keys.toSorted());
  expect(keys[0]).toBe('fact#vn#000009');
});
