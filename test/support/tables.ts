import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Fact } from '../../events/envelope.ts';
import { slotKey } from '../../shared/ledger.ts';
import { conditionOf, updated } from '../simulation/expressions.ts';

type Item = Record<string, AttributeValue>;
type Write = {
  readonly TableName?: string | undefined;
  readonly Item?: Item | undefined;
  readonly Key?: Item | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
};

/** The DynamoDB client mocked by tables in memory: conditions, key ranges, pages; what our code uses and no more. */
export const tables = ({ pageSize = 1000 }: { pageSize?: number | undefined } = {}) => {
  const dynamo = mockClient(DynamoDBClient);
  const items = new Map<string, Item>();
  const keyOf = (table: string | undefined, of: Item | undefined) =>
    `${table} ${of?.pk?.S} ${of?.sk?.S}`;
  const there = ({ TableName, Item, Key }: Write) => items.get(keyOf(TableName, Item ?? Key));
  const mayWrite = (write: Write) => {
    const { ConditionExpression: text, ExpressionAttributeNames: names } = write;
    return !text || conditionOf(text)(there(write), names, write.ExpressionAttributeValues);
  };
  const refuse = (write: Write) => {
    const old = write.ReturnValuesOnConditionCheckFailure && there(write);
    throw new ConditionalCheckFailedException({
      message: 'no',
      $metadata: {},
      ...(old && { Item: old }),
    });
  };
  const put = ({ TableName, Item }: Write) =>
    items.set(keyOf(TableName, Item), structuredClone(Item ?? {}));
  const update = (write: Write) => {
    const { TableName, Key, UpdateExpression = '' } = write;
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = write;
    const old = structuredClone(there(write) ?? Key ?? {});
    items.set(keyOf(TableName, Key), updated(old, UpdateExpression, names, values));
  };
  const checked = (effect: (write: Write) => unknown) => async (write: Write) => {
    if (!mayWrite(write)) refuse(write);
    effect(write);
    return {};
  };
  dynamo.on(PutItemCommand).callsFake(checked(put));
  dynamo.on(UpdateItemCommand).callsFake(checked(update));
  dynamo
    .on(DeleteItemCommand)
    .callsFake(checked(({ TableName, Key }) => items.delete(keyOf(TableName, Key))));
  dynamo.on(TransactWriteItemsCommand).callsFake(async ({ TransactItems = [] }) => {
    const writes: Write[] = TransactItems.map(
      (one: Record<string, Write>) => Object.values(one)[0],
    );
    const reasons = writes.map((write) => {
      if (mayWrite(write)) return { Code: 'None' };
      const old = write.ReturnValuesOnConditionCheckFailure && there(write);
      return { Code: 'ConditionalCheckFailed', ...(old && { Item: old }) };
    });
    if (reasons.some(({ Code }) => Code !== 'None'))
      throw new TransactionCanceledException({
        message: 'no',
        $metadata: {},
        CancellationReasons: reasons,
      });
    for (const write of writes) (write.Item ? put : update)(write);
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
    writes: () =>
      dynamo.commandCalls(PutItemCommand).length +
      dynamo.commandCalls(TransactWriteItemsCommand).length,
    reads: () => dynamo.commandCalls(QueryCommand).length,
  };
};
