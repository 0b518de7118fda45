import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../events/envelope.ts';
import { tookEffect } from './conditional.ts';

/** `api`: the address of the peer's API. */
type Beat = {
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
  readonly api?: string | undefined;
};

/** When the peer was last heard: one item of the ledger table that is no fact. Missing means never. */
export type Beats = {
  heard(): Promise<Beat | undefined>;
  hear(beat: Beat): Promise<void>;
};

const key = { pk: { S: 'border' }, sk: { S: 'heartbeat' } };

export const beatsIn = (client: DynamoDBClient, table: string): Beats => ({
  async heard() {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key }));
    const [sentAt, receivedAt, api] = [Item?.sentAt?.S, Item?.receivedAt?.S, Item?.api?.S];
    return sentAt && receivedAt
      ? { sentAt: sentAt as Instant, receivedAt: receivedAt as Instant, ...(api && { api }) }
      : undefined;
  },
  async hear({ sentAt, receivedAt, api }) {
    const Item = {
      ...key,
      sentAt: { S: sentAt },
      receivedAt: { S: receivedAt },
      ...(api && { api: { S: api } }),
    };
    // Beats may overtake each other: the newest stays.
    const newer = 'attribute_not_exists(sentAt) OR sentAt < :sentAt';
    const command = new PutItemCommand({
      TableName: table,
      Item,
      ConditionExpression: newer,
      ExpressionAttributeValues: { ':sentAt': Item.sentAt },
    });
    await tookEffect(client.send(command));
  },
});

/** Seconds since the newest heartbeat that came over the border was sent. */
export const lagOf = (sentAt: Instant, now: Instant): number =>
  Math.max(0, (Date.parse(now) - Date.parse(sentAt)) / 1000);

const MOST_AHEAD = 300;

/** Whether a clock is more than five minutes before ours: a beat from the future would silence the alarm for ever. */
export const isAhead = (time: Instant, now: Instant): boolean =>
  Date.parse(time) - Date.parse(now) > MOST_AHEAD * 1000;

const UNREACHABLE_AFTER = 900;

/** What lists say of the border. */
export const peerStatus = (beat: { sentAt: Instant } | undefined, now: Instant) => {
  if (!beat) return { status: 'never-heard' as const };
  const status = lagOf(beat.sentAt, now) > UNREACHABLE_AFTER ? 'peer-unreachable' : 'reachable';
  return { status, since: beat.sentAt };
};
