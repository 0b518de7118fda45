import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { EndpointId } from '../events/endpoint.ts';
import type { Country, Instant, Office } from '../events/envelope.ts';
import { tookEffect } from './conditional.ts';
import { cursorAfter, keyOfCursor } from './page.ts';

/** One fact for one endpoint. No body: it is cut anew from the ledger at each attempt. */
export type Delivery = {
  readonly id: string;
  readonly office: Office;
  readonly endpoint: EndpointId;
  readonly subject: string;
  readonly country: Country;
  readonly seq: number;
  readonly type: string;
  readonly createdAt: Instant;
  readonly state: 'pending' | 'delivered' | 'withheld';
  readonly tries: number;
};

export type Deliveries = {
  get(id: string): Promise<Delivery | undefined>;
  /** Puts it if it is not there; gives the one that stands. */
  put(delivery: Delivery): Promise<Delivery>;
  /** One page of those that wait; `next` is where the following one begins. */
  pending(cursor?: string): Promise<{ ids: string[]; next?: string }>;
  /** Counts an attempt and keeps what became of the delivery. */
  tried(id: string, state: Delivery['state'], at: Instant): Promise<void>;
};

const startOf = (key: string) => {
  const [pk = '', sk = ''] = key.split('\n');
  return { pk: { S: pk }, sk: { S: sk } };
};

const KEEP_SECONDS = 90 * 24 * 3600;

export const deliveriesIn = (client: DynamoDBClient, table: string): Deliveries => {
  const keyOf = (id: string) => ({ pk: { S: `D#${id}` }, sk: { S: 'D' } });
  return {
    async get(id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }),
      );
      return Item && (unmarshall(Item) as Delivery);
    },
    async put(delivery) {
      const expires = Math.floor(Date.parse(delivery.createdAt) / 1000) + KEEP_SECONDS;
      const command = new PutItemCommand({
        TableName: table,
        Item: { ...keyOf(delivery.id), ...marshall({ ...delivery, expires }) },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(command);
        return delivery;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        return unmarshall(error.Item) as Delivery;
      }
    },
    async pending(cursor) {
      const pk = cursor === undefined ? undefined : keyOfCursor(cursor);
      const { Items = [], LastEvaluatedKey: end } = await client.send(
        new ScanCommand({
          TableName: table,
          FilterExpression: 'begins_with(pk, :delivery) AND #state = :pending',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':delivery': { S: 'D#' }, ':pending': { S: 'pending' } },
          ProjectionExpression: 'id',
          ...(pk && { ExclusiveStartKey: startOf(pk) }),
        }),
      );
      const ids = Items.flatMap(({ id }) => id?.S ?? []);
      return { ids, ...(end && { next: cursorAfter(`${end.pk?.S}\n${end.sk?.S}`) }) };
    },
    async tried(id, state, at) {
      const update = client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(id),
          UpdateExpression: 'SET #state = :state, lastAttemptAt = :at ADD tries :one',
          // A late failure must not undo a success, nor bring back what has expired.
          ConditionExpression: '#state = :pending',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':state': { S: state },
            ':at': { S: at },
            ':one': { N: '1' },
            ':pending': { S: 'pending' },
          },
        }),
      );
      await tookEffect(update);
    },
  };
};
