import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { Fact, type Instant } from '../events/envelope.ts';
import { Conflict, Refused } from './errors.ts';
import type { Mark } from './ids.ts';
import { torn } from './referral/order.ts';

/** A fact as it stands in its slot. `receivedAt` only beside the peer's. */
export type Recorded = {
  readonly fact: Fact;
  readonly text: string;
  readonly mark?: Mark;
  readonly receivedAt?: Instant;
};
export type Beside = { readonly mark?: Mark; readonly receivedAt?: Instant };

/** When the peer's facts came; nothing for our own. */
export const receivedIn = (log: readonly Recorded[]) => {
  const of = ({ country, seq }: Pick<Fact, 'country' | 'seq'>) => `${country} ${seq}`;
  const came = new Map(log.map(({ fact, receivedAt }) => [of(fact), receivedAt]));
  return (fact: Pick<Fact, 'country' | 'seq'>) => came.get(of(fact));
};

/** One country's facts, one item each. */
export type Ledger = {
  /** All facts of a subject, whole: read again while torn, refused (503) when it stays so. */
  load(subject: string): Promise<Recorded[]>;
  /** Takes the fact's slot; throws `Conflict` when something else stands there. */
  append(fact: Fact, beside?: Beside): Promise<void>;
};

/** `fact#vn#000002`: padded, so that one country's facts after n are a range. */
export const slotKey = ({ country, seq }: Pick<Fact, 'country' | 'seq'>) =>
  `fact#${country}#${String(seq).padStart(6, '0')}`;

const MOST_READS = 5;

export const ledgerIn = (client: DynamoDBClient, table: string, random: () => string): Ledger => ({
  async load(subject) {
    for (let read = 1; ; read += 1) {
      const found = await query(client, table, subject);
      if (!torn(found.map(({ fact }) => fact))) return found;
      if (read === MOST_READS)
        throw new Refused('busy', 503, 'Facts are still arriving: try again');
    }
  },
  async append(fact, beside) {
    const put = random();
    const command = new PutItemCommand(slotPut(table, fact, { ...beside, put }));
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.put?.S === put) return; // our own, applied before and answered late
      throw new Conflict('The slot is taken', { cause: error });
    });
  },
});

/** The one write of a fact, into an empty slot. `put`: by which our own write is known, if it is answered late. */
export const slotPut = (
  table: string,
  fact: Fact,
  { mark, receivedAt, put }: Beside & { readonly put: string },
) => ({
  TableName: table,
  Item: {
    pk: { S: fact.subject },
    sk: { S: slotKey(fact) },
    fact: { S: JSON.stringify(fact) },
    put: { S: put },
    ...(mark && { call: { S: mark.call }, body: { S: mark.body } }),
    ...(receivedAt && { receivedAt: { S: receivedAt } }),
  },
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const query = async (client: DynamoDBClient, table: string, subject: string): Promise<Recorded[]> =>
  (await factItems(client, table, subject)).map(({ fact, call, body, receivedAt }) => ({
    text: fact?.S ?? '',
    fact: Fact.parse(JSON.parse(fact?.S ?? 'null')),
    ...(call?.S && body?.S && { mark: { call: call.S, body: body.S } }),
    ...(receivedAt?.S && { receivedAt: receivedAt.S as Instant }),
  }));

/** A subject's facts as they stand in the table, one country after the other. */
export const factItems = async (client: DynamoDBClient, table: string, subject: string) => {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :fact)',
      ExpressionAttributeValues: { ':pk': { S: subject }, ':fact': { S: 'fact#' } },
    },
  );
  const items: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};
