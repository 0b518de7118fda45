import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Fact } from '../../events/envelope.ts';
import { slotKey } from '../../shared/ledger.ts';
import { conditionOf } from '../simulation/expressions.ts';

type Item = Record<string, AttributeValue>;

/** The DynamoDB client mocked by tables in memory: conditions, key ranges, pages; what our code uses and no more. */
export const tables = ({ pageSize = 1000 }: { pageSize?: number | undefined } = {}) => {
  const dynamo = mockClient(DynamoDBClient);
  const items = new Map<string, Item>();
  const keyOf = (table: string | undefined, of: Item | undefined) =>
    `${table} ${of?.pk?.S} ${of?.sk?.S}`;
  const refuse = (item?: Item) => {
    throw new ConditionalCheckFailedException({
      message: 'no',
      $metadata: {},
      ...(item && { Item: item }),
    });
  };
  const worth = (value: AttributeValue | undefined) => value?.S ?? number(value);
  const number = (value: AttributeValue | undefined) => Number(value?.N);

  dynamo.on(PutItemCommand).callsFake(async (input) => {
    const key = keyOf(input.TableName, input.Item);
    const there = items.get(key);
    const condition: string = input.ConditionExpression ?? '';
    const [, attribute = '', equal = ''] = /(\w+) <(=?) :/.exec(condition) ?? [];
    const [old, offered] = [worth(there?.[attribute]), worth(input.Item[attribute])];
    const newer = there && (old < offered || (equal === '=' && old === offered));
    if (there && condition && !newer)
      refuse(input.ReturnValuesOnConditionCheckFailure ? there : undefined);
    items.set(key, structuredClone(input.Item));
    return {};
  });
  dynamo
    .on(GetItemCommand)
    .callsFake(async ({ TableName, Key }) => ({ Item: items.get(keyOf(TableName, Key)) }));
  dynamo.on(QueryCommand).callsFake(async (input) => {
    const { KeyConditionExpression = '', ExpressionAttributeValues: values } = input;
    const asked = conditionOf(KeyConditionExpression);
    // An index holds what has its attribute, in its order.
    const place = (item: Item) => (input.IndexName ? item.due : item.sk)?.S ?? '';
    const found = [...items]
      .filter(([key, item]) => key.startsWith(`${input.TableName} `) && place(item))
      .map(([, item]) => item)
      .filter((item) => asked(item, undefined, values))
      .toSorted((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))));
    const start = input.ExclusiveStartKey && place(input.ExclusiveStartKey);
    if (input.ScanIndexForward === false) found.reverse();
    const passed = (item: Item) =>
      input.ScanIndexForward === false ? place(item) >= `${start}` : place(item) <= `${start}`;
    const from = start === undefined ? 0 : found.filter(passed).length;
    const page = found.slice(from, from + Math.min(input.Limit ?? pageSize, pageSize));
    const last = page.at(-1);
    const more = from + page.length < found.length && last;
    return { Items: page, ...(more && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) };
  });
  dynamo.on(ScanCommand).callsFake(async (input) => {
    const { TableName, Segment = 0, TotalSegments = 1, ExclusiveStartKey: start } = input;
    const after = start ? keyOf(TableName, start) : '';
    const segmentOf = ({ pk }: Item) =>
      [...(pk?.S ?? '')].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TotalSegments;
    const found = [...items]
      .filter(([key, item]) => key.startsWith(`${TableName} `) && segmentOf(item) === Segment)
      .filter(([key]) => key > after)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
    const page = found.slice(0, Math.min(input.Limit ?? pageSize, pageSize));
    const last = page.length < found.length && page.at(-1);
    return { Items: page, ...(last && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) };
  });
  dynamo.on(DeleteItemCommand).callsFake(async ({ TableName, Key }) => {
    items.delete(keyOf(TableName, Key));
    return {};
  });
  dynamo.on(UpdateItemCommand).callsFake(async (input) => {
    const item = items.get(keyOf(input.TableName, input.Key)) ?? input.Key;
    const values = input.ExpressionAttributeValues as Item;
    const office = input.ExpressionAttributeNames?.['#office'];
    if (office) {
      const there = item.offices.M[office]?.M;
      if (there && number(there.folded) > number(values[':folded'])) refuse();
      item.offices.M[office] = values[':state'];
    } else {
      Object.assign(item, { state: values[':state'], lastAttemptAt: values[':at'] });
      item.tries = { N: String(number(item.tries ?? { N: '0' }) + 1) };
    }
    items.set(keyOf(input.TableName, input.Key), item);
    return {};
  });

  return {
    dynamo,
    items,
    /** Facts as they stand in the ledger. */
    hold: (facts: readonly Fact[]) => {
      for (const fact of facts)
        items.set(`ledger ${fact.subject} ${slotKey(fact)}`, {
          pk: { S: fact.subject },
          sk: { S: slotKey(fact) },
          fact: { S: JSON.stringify(fact) },
          put: { S: 'another put' },
        });
    },
    /** What stands in the ledger, in key order. */
    ledger: () =>
      [...items]
        .filter(([key]) => key.startsWith('ledger ') && key.includes(' fact#'))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, item]) => JSON.parse(item.fact?.S ?? 'null') as Fact),
    writes: () => dynamo.commandCalls(PutItemCommand).length,
    reads: () => dynamo.commandCalls(QueryCommand).length,
  };
};
