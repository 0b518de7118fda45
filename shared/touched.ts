import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Country, Fact, Instant } from '../events/envelope.ts';
import { cursorAfter, keyOfCursor } from './page.ts';
import { SEGMENTS } from './slots.ts';

/** Numbers of the facts of each country that came by our own bus. */
export type Seen = Readonly<Record<Country, ReadonlySet<number>>>;

/** What the bus brought, kept beside the views: which subjects lately, and which facts ever. */
export type Touched = {
  /** Keeps that this fact came by the bus. Any order, and twice, is as once. */
  touch(fact: Pick<Fact, 'subject' | 'country' | 'seq'>, at: Instant): Promise<void>;
  /** Subjects touched since then, a page of one hour each; `next` is where the following one begins. */
  since(from: Instant, to: Instant, at?: string): Promise<{ subjects: string[]; next?: string }>;
  seen(subject: string): Promise<Seen>;
  /** The same of every subject: one page of a scan in `SEGMENTS` parallel parts. */
  everSeen(segment: number, at?: string): Promise<{ seen: EverSeen[]; next?: string }>;
};
type EverSeen = { readonly subject: string; readonly facts: Seen };

const HOUR = 3_600_000;
const KEEP_SECONDS = 48 * 3600;
const SUBJECTS_A_PAGE = 200;
const ITEMS_A_PAGE = 500;

const hourOf = (at: Instant | number) => new Date(at).toISOString().slice(0, 13);

export const touchedIn = (client: DynamoDBClient, table: string): Touched => ({
  async touch({ subject, country, seq }, at) {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: `touched#${hourOf(at)}` },
          sk: { S: subject },
          expires: { N: String(Math.floor(Date.parse(at) / 1000) + KEEP_SECONDS) },
        },
      }),
    );
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: seenKey(subject),
        UpdateExpression: 'ADD #country :seq',
        ExpressionAttributeNames: { '#country': country },
        ExpressionAttributeValues: { ':seq': { NS: [String(seq)] } },
      }),
    );
  },
  async since(from, to, at = hourOf(from)) {
    const [hour = '', last] = at.split(' ');
    const pk = { S: `touched#${hour}` };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        Limit: SUBJECTS_A_PAGE,
        ...(last && { ExclusiveStartKey: { pk, sk: { S: last } } }),
      }),
    );
    const subjects = Items.flatMap(({ sk }) => sk?.S ?? []);
    if (LastEvaluatedKey?.sk?.S) return { subjects, next: `${hour} ${LastEvaluatedKey.sk.S}` };
    const following = hourOf(Date.parse(`${hour}:00:00.000Z`) + HOUR);
    return { subjects, ...(following <= hourOf(to) && { next: following }) };
  },
  async seen(subject) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: seenKey(subject), ConsistentRead: true }),
    );
    return seenIn(Item);
  },
  async everSeen(segment, at) {
    const [pk = '', sk = ''] = at === undefined ? [] : keyOfCursor(at).split('\n');
    const { Items = [], LastEvaluatedKey: end } = await client.send(
      new ScanCommand({
        TableName: table,
        Segment: segment,
        TotalSegments: SEGMENTS,
        Limit: ITEMS_A_PAGE,
        ProjectionExpression: 'pk, sk, kr, vn',
        ...(at !== undefined && { ExclusiveStartKey: { pk: { S: pk }, sk: { S: sk } } }),
      }),
    );
    const seen = Items.filter(({ sk }) => sk?.S === SEEN).map((item) => ({
      subject: item.pk?.S ?? '',
      facts: seenIn(item),
    }));
    return { seen, ...(end && { next: cursorAfter(`${end.pk?.S}\n${end.sk?.S}`) }) };
  },
});

const SEEN = 'seen';
const seenKey = (subject: string) => ({ pk: { S: subject }, sk: { S: SEEN } });

const seenIn = (item: Record<string, AttributeValue> | undefined): Seen => {
  const numbers = (country: Country) => new Set(item?.[country]?.NS?.map(Number) ?? []);
  return { kr: numbers('kr'), vn: numbers('vn') };
};
