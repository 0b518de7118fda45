import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { Instant, Office } from '../events/envelope.ts';
import { placeIn, placeOf, placesBetween } from './due-order.ts';
import { cursorAfter, keyOfCursor, type Page } from './page.ts';
import type { Debt } from './referral/debt-view.ts';
import type { View } from './referral/view.ts';

/** `inbox`: what an office was asked, or owes without that. `sent`: what it asked. */
export type List = 'inbox' | 'sent';
/** Where a view stands; it never moves. */
export type Row = { readonly office: Office; readonly list: List; readonly since: Instant };
export type Shown = View | Debt;
/** Without a view the office may see it no more. */
export type Listed = Row & { readonly view?: Shown };

/** Tells whether a view is wanted. */
export type Matches = (view: Shown) => boolean;

export type Views = {
  /** Keeps the newest view, or that there is none: `folded` is the number of facts that it was made of. */
  put(listed: Listed, ref: string, folded: number): Promise<void>;
  /** Newest first, an order that nothing changes, of those that match. Only a page without `next` is the last: one may be short, so that none takes long. */
  page(
    list: List,
    office: Office,
    page: Page,
    matches?: Matches,
  ): Promise<{ items: Shown[]; next?: string }>;
  /**
   * By the office's own next debt, the oldest first, then what owes nothing, newest first. `overdue`: only what was due before
   * this instant. A referral whose debt changes between two pages may come twice, or with the next reading.
   */
  byDue(
    list: List,
    office: Office,
    page: Page,
    wanted?: { readonly matches?: Matches | undefined; readonly overdue?: Instant | undefined },
  ): Promise<{ items: Shown[]; next?: string }>;
  /** All rows of all offices, a page each. */
  rows(cursor?: string): Promise<{ rows: (Row & { readonly ref: string })[]; next?: string }>;
  remove(row: Row & { readonly ref: string }): Promise<void>;
};

const pkOf = (list: List, office: Office) => ({ S: `${list}#${office}` });
const keyOf = ({ list, office, since }: Row, ref: string) => ({
  pk: pkOf(list, office),
  sk: { S: `${since}#${ref}` },
});

/** The index of the table by `due` (`infra/data-stack.ts`). It follows the table a moment later, as the table follows the ledger. */
const BY_DUE = 'by-due';

const AT_ONCE = 100;
const MOST_READS = 5;

type Item = Record<string, AttributeValue>;
/** Reads at most so many rows after this key, in one order. */
type Read = (
  after: string | undefined,
  most: number,
) => Promise<{ Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }>;
type Filled = {
  /** The attribute that is the key of the order; a cursor names that of a page's last row. */
  readonly by: 'sk' | 'due';
  readonly limit: number;
  readonly after: string | undefined;
  readonly matches: Matches | undefined;
};

/** Reads until the page is full, at most some times, so that none takes long. */
const filled = async ({ by, limit, after, matches }: Filled, read: Read) => {
  const items: Shown[] = [];
  let last = after;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const { Items = [], LastEvaluatedKey } = await read(last, matches ? AT_ONCE : limit);
    for (const [i, item] of Items.entries()) {
      last = item[by]?.S;
      const shown = item.view?.S === undefined ? undefined : (JSON.parse(item.view.S) as Shown);
      if (shown && (!matches || matches(shown))) items.push(shown);
      const more = i + 1 < Items.length || LastEvaluatedKey;
      if (items.length === limit)
        return { items, ...(more && last && { next: cursorAfter(last) }) };
    }
    if (!LastEvaluatedKey) return { items };
  }
  return { items, ...(last && { next: cursorAfter(last) }) };
};

export const viewsIn = (client: DynamoDBClient, table: string): Views => ({
  async put(listed, ref, folded) {
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        ...keyOf(listed, ref),
        ...(listed.view && {
          due: { S: placeOf(ref, listed.since, listed.view) },
          view: { S: JSON.stringify(listed.view) },
        }),
        folded: { N: String(folded) },
      },
      // As many facts are the same facts: newer code may then show them in its own way.
      ConditionExpression: 'attribute_not_exists(folded) OR folded <= :folded',
      ExpressionAttributeValues: { ':folded': { N: String(folded) } },
    });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  },
  page(list, office, { limit, cursor }, matches) {
    const pk = pkOf(list, office);
    const after = cursor && keyOfCursor(cursor);
    return filled({ by: 'sk', limit, after, matches }, (last, most) =>
      client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ScanIndexForward: false,
          Limit: most,
          ...(last && { ExclusiveStartKey: { pk, sk: { S: last } } }),
        }),
      ),
    );
  },
  async byDue(list, office, { limit, cursor }, { matches, overdue } = {}) {
    const pk = pkOf(list, office);
    const after = cursor === undefined ? undefined : placeIn(cursor);
    return filled({ by: 'due', limit, after, matches }, async (last, most) => {
      const places = placesBetween(last, overdue);
      if (!places) return {};
      return client.send(
        new QueryCommand({
          TableName: table,
          IndexName: BY_DUE,
          KeyConditionExpression: 'pk = :pk AND due BETWEEN :from AND :until',
          ExpressionAttributeValues: {
            ':pk': pk,
            ':from': { S: places.from },
            ':until': { S: places.until },
          },
          Limit: most,
        }),
      );
    });
  },
  async rows(cursor) {
    const [pk = '', sk = ''] = cursor === undefined ? [] : keyOfCursor(cursor).split('\n');
    const { Items = [], LastEvaluatedKey: end } = await client.send(
      new ScanCommand({
        TableName: table,
        ProjectionExpression: 'pk, sk',
        Limit: AT_ONCE,
        ...(cursor && { ExclusiveStartKey: { pk: { S: pk }, sk: { S: sk } } }),
      }),
    );
    return {
      rows: Items.flatMap((item) => rowOf(item.pk?.S ?? '', item.sk?.S ?? '') ?? []),
      ...(end && { next: cursorAfter(`${end.pk?.S}\n${end.sk?.S}`) }),
    };
  },
  async remove({ ref, ...row }) {
    await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(row, ref) }));
  },
});

/** Other things stand in this table too. */
const rowOf = (pk: string, sk: string) => {
  const [list, office] = pk.split('#');
  const [since, ref] = sk.split('#');
  if ((list !== 'inbox' && list !== 'sent') || !ref) return undefined;
  return { list: list as List, office: office as Office, since: since as Instant, ref };
};
