import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { Instant, Ref } from '../../events/envelope.ts';
import { tookEffect } from '../conditional.ts';

/** The tables of one country. `duplicates` names an open referral by an HMAC, and nothing else. */
export type Tables = {
  readonly vault: string;
  readonly keys: string;
  readonly duplicates: string;
};

/** One part as it stands: `slot` of its fact (`kr1`). */
export type Sealed = { readonly slot: string; readonly part: string; readonly bytes: Uint8Array };
/** Wrapped keys by slot; `erased` once the tombstone stands. */
export type Wrapped = ReadonlyMap<string, Uint8Array> | 'erased';

/** `kr1#identity` */
export const vaultKey = (referral: string, slot: string, part: string) => ({
  pk: { S: referral },
  sk: { S: `${slot}#${part}` },
});
export const keysKey = (referral: string) => ({ pk: { S: referral }, sk: { S: 'keys' } });
export const duplicateKey = (name: string) => ({ pk: { S: name }, sk: { S: 'open' } });

/** A receipt comes when nothing more may be sealed of the referral: what it tells of the law lies apart, and is not erased. */
export const receiptsOf = (ref: Ref) => `${ref}#receipts`;

/** Lists the duplicate keys of a fact's submission: not sealed, as they say nothing, and needed once no key opens anything. */
export const DUPLICATES = '-duplicates';
/** Why another referral of the same person was made: sealed with the file, and no part of it. */
export const DUPLICATE_REASON = 'duplicate';

type Item = Record<string, AttributeValue>;

const itemsOf = async (client: DynamoDBClient, table: string, referral: string) => {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: referral } },
    },
  );
  const items: Item[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};

/** What the gate reads: still sealed. */
export const sealedIn = async (
  client: DynamoDBClient,
  { vault }: Pick<Tables, 'vault'>,
  referral: string,
): Promise<Sealed[]> =>
  (await itemsOf(client, vault, referral)).flatMap(({ sk, sealed }) => {
    const [slot = '', part = ''] = sk?.S?.split('#') ?? [];
    return sealed?.B ? [{ slot, part, bytes: sealed.B }] : [];
  });

export const wrappedIn = async (
  client: DynamoDBClient,
  { keys }: Pick<Tables, 'keys'>,
  referral: string,
): Promise<Wrapped> => {
  const { Item = {} } = await client.send(
    new GetItemCommand({ TableName: keys, Key: keysKey(referral), ConsistentRead: true }),
  );
  const { pk, sk, tombstone, ...wrapped } = Item;
  return tombstone
    ? 'erased'
    : new Map(Object.entries(wrapped).flatMap(([slot, { B }]) => (B ? [[slot, B]] : [])));
};

/**
 * Puts the tombstone in the place of the keys, for ever, then takes every sealed item, and each duplicate key that still names
 * this referral. May be repeated. Gives how many items it took: what was sealed beside it stood before the tombstone, or not at all.
 */
export const destroy = async (
  client: DynamoDBClient,
  { vault, keys, duplicates }: Tables,
  referral: string,
  at: Instant,
): Promise<number> => {
  const tombstone = { ...keysKey(referral), tombstone: { S: at } };
  const ConditionExpression = 'attribute_not_exists(tombstone)';
  await tookEffect(
    client.send(new PutItemCommand({ TableName: keys, Item: tombstone, ConditionExpression })),
  );
  const items = await itemsOf(client, vault, referral);
  for (const name of items.flatMap(({ names }) => names?.SS ?? []))
    await tookEffect(
      client.send(
        new DeleteItemCommand({
          TableName: duplicates,
          Key: duplicateKey(name),
          ConditionExpression: 'referral = :referral',
          ExpressionAttributeValues: { ':referral': { S: referral } },
        }),
      ),
    );
  for (const { sk } of items)
    if (sk?.S)
      await client.send(
        new DeleteItemCommand({ TableName: vault, Key: { pk: { S: referral }, sk: { S: sk.S } } }),
      );
  return items.length;
};
