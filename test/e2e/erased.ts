import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { LocalCountry } from '../../infra/local/country.ts';
import { filesIn } from './traces.ts';

type Item = Record<string, AttributeValue>;

const itemsOf = async ({ client }: LocalCountry, table: string, ref: string): Promise<Item[]> => {
  const dynamo = new DynamoDBClient(client);
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes(table)) ?? table;
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :ref',
      ExpressionAttributeValues: { ':ref': { S: ref } },
    },
  );
  const items: Item[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};

/** What a country holds about her: sealed items, keys by slot, file versions; and since when nothing can be opened. */
export const heldIn = async (country: LocalCountry, ref: string) => {
  const sealed = await itemsOf(country, 'ContentVault', ref);
  const [kept = {}] = await itemsOf(country, 'ContentKeys', ref);
  const { pk, sk, tombstone, ...keys } = kept;
  const files = (await filesIn(country)).map(([, key]) => key).filter((key) => key.includes(ref));
  const counts = { sealed: sealed.length, keys: Object.keys(keys).length, files: files.length };
  return { counts, tombstone: tombstone?.S };
};

/** Puts a file in two versions where her documents lie. */
export const putFile = async ({ client, bucket }: LocalCountry, ref: string) => {
  const Key = `documents/${ref}/1/d1-AAAAAAAAAAAAAAAAAAAAAA.pdf`;
  for (const Body of ['first', 'second'])
    await new S3Client(client).send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
};

/** Milliseconds from when a country had heard that a withdrawal was confirmed until it had said that all is destroyed. */
export const erasedAfter = async (country: LocalCountry, ref: string): Promise<number> => {
  const facts = (await itemsOf(country, country.tables.ledger, ref)).flatMap(
    ({ fact, receivedAt }) =>
      fact?.S ? [{ ...JSON.parse(fact.S), receivedAt: receivedAt?.S }] : [],
  );
  const confirmed = facts.find(({ type }) => type === 'consent.withdrawal-confirmed.v1');
  const own = (one: { type: string; country: string }) =>
    one.type === 'content.erased.v1' && one.country === country.code;
  const heard = confirmed.country === country.code ? confirmed.time : confirmed.receivedAt;
  return Date.parse(facts.find(own).time) - Date.parse(heard);
};
