import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Country, Fact } from '../../events/envelope.ts';
import { Conflict, Refused } from '../errors.ts';
import { type Ledger, slotPut } from '../ledger.ts';
import type { KeyMaker } from './keys.ts';
import { seal } from './seal.ts';
import { DUPLICATES, duplicateKey, keysKey, type Tables, vaultKey } from './vault.ts';

/** What is sealed with a fact: each part apart, so that a reader is given one without another. */
export type Part = { readonly part: string; readonly content: unknown };

/** A name under which she is found again: who held it, as far as this one knew. */
export type Claim = { readonly name: string; readonly before?: string | undefined };

export type Sealing = {
  readonly country: Country;
  readonly client: DynamoDBClient;
  readonly tables: Tables & { readonly ledger: string };
  readonly keyFor: KeyMaker;
  readonly random: () => string;
};

/** `kr1`: as the ids of what a fact makes begin. */
export const slotOf = ({ country, seq }: Pick<Fact, 'country' | 'seq'>) => `${country}${seq}`;

/**
 * A ledger that seals these parts with the fact that it appends, or writes neither. Refuses 409 `erased` where the tombstone
 * stands; throws `Conflict` when the slot, or the name of a duplicate, was taken meanwhile.
 */
export const sealingLedger = (
  ledger: Pick<Ledger, 'load'>,
  w: Sealing,
  parts: readonly Part[],
  /** What must be looked up just before it is written; may refuse. */
  claims: () => Promise<readonly Claim[]>,
  /** Under whose keys it is sealed, where that is not the referral. */
  under?: string,
): Ledger => ({
  load: ledger.load,
  async append(fact, beside) {
    const put = w.random();
    const names = await claims();
    const slot = slotOf(fact);
    const referral = under ?? fact.subject;
    const { key, wrapped } = await w.keyFor({ country: w.country, referral });
    const sealed = await Promise.all(
      parts.map(async ({ part, content }) => ({
        part,
        bytes: await seal(key, { country: w.country, referral, slot, part }, content),
      })),
    );
    key.fill(0);
    const { vault, keys, duplicates, ledger: table } = w.tables;
    const items: TransactWriteItem[] = [
      { Put: slotPut(table, fact, { ...beside, put }) },
      {
        Update: {
          TableName: keys,
          Key: keysKey(referral),
          UpdateExpression: 'SET #slot = :wrapped',
          ConditionExpression: 'attribute_not_exists(tombstone)',
          ExpressionAttributeNames: { '#slot': slot },
          ExpressionAttributeValues: { ':wrapped': { B: wrapped } },
        },
      },
      ...names.map((claim) => claimed(duplicates, referral, claim)),
      ...sealed.map(({ part, bytes }) => ({
        Put: {
          TableName: vault,
          Item: { ...vaultKey(referral, slot, part), sealed: { B: bytes } },
        },
      })),
      ...(names.length > 0
        ? [
            {
              Put: {
                TableName: vault,
                Item: {
                  ...vaultKey(referral, slot, DUPLICATES),
                  names: { SS: names.map(({ name }) => name) },
                },
              },
            },
          ]
        : []),
    ];
    await w.client
      .send(new TransactWriteItemsCommand({ TransactItems: items }))
      .catch((error: unknown) => {
        if (!(error instanceof TransactionCanceledException)) throw error;
        judge(error, put);
      });
  },
});

const claimed = (table: string, referral: string, { name, before }: Claim): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: { ...duplicateKey(name), referral: { S: referral } },
    // Somebody else may have taken it since it was looked up.
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'referral = :before',
          ExpressionAttributeValues: { ':before': { S: before } },
        }),
  },
});

/** Why nothing was written; returns when all was, before, by this very call. */
const judge = (error: TransactionCanceledException, put: string) => {
  const [fact, keys] = error.CancellationReasons ?? [];
  if (fact?.Item?.put?.S === put) return;
  if (keys?.Code === 'ConditionalCheckFailed')
    throw new Refused(
      'erased',
      409,
      'What was known of this referral is destroyed: nothing is added',
    );
  const taken = error.CancellationReasons?.some(({ Code }) =>
    ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? ''),
  );
  if (taken) throw new Conflict('The slot is taken', { cause: error });
  throw error;
};
