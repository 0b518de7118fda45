import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalCountry } from '../../infra/local/country.ts';
import type { Demo } from '../../infra/local/demo.ts';
import { versionsBelow } from '../../shared/vault/remove-documents.ts';
import { linesOf, type Place } from './leaks.ts';
import { wakeUps } from './wake-ups.ts';

const everything = 'canary-hears-everything';

/** A queue behind all that a country's buses carry from now on. */
export const listen = async ({ client, bus, borderBus }: LocalCountry) => {
  const sqs = new SQSClient(client);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: everything }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const events = new EventBridgeClient(client);
  for (const EventBusName of [bus, borderBus]) {
    const pattern = JSON.stringify({ source: [{ prefix: '' }] });
    await events.send(
      new PutRuleCommand({ Name: everything, EventBusName, EventPattern: pattern }),
    );
    const target = { Id: 'canary', Arn: Attributes?.QueueArn };
    await events.send(new PutTargetsCommand({ Rule: everything, EventBusName, Targets: [target] }));
  }
};

/** All messages that lie in a country's queues, taken: also those of the dead, and all that the buses carried. */
const messagesIn = async ({ client, code }: LocalCountry): Promise<Place[]> => {
  const sqs = new SQSClient(client);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const places: Place[] = [];
  for (const QueueUrl of QueueUrls)
    for (let more = true; more; ) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 120 },
          WaitTimeSeconds: 0,
        }),
      );
      const where = `${code} queue ${QueueUrl.split('/').at(-1)}`;
      places.push(...Messages.map(({ Body = '' }): Place => [where, Body]));
      more = Messages.length > 0;
    }
  return places;
};

const schedulesIn = async (country: LocalCountry, names: readonly string[]): Promise<Place[]> => {
  const all = await Promise.all(names.map((name) => wakeUps(country, name)));
  return all
    .flat()
    .map((whole) => [
      `${country.code} schedule`,
      JSON.stringify({ ...whole, $metadata: undefined }),
    ]);
};

/** Every item of every table; of the vault too, since what lies there is sealed. */
const itemsOf = async ({ client, code }: LocalCountry): Promise<Place[]> => {
  const dynamo = new DynamoDBClient(client);
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const places: Place[] = [];
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName }))
      for (const item of Items) {
        const text = JSON.stringify(item, (_, value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
        );
        places.push([`${code} table ${TableName}`, text]);
      }
  return places;
};

/** What files of documents are called, in every version; what they show lies there as it should. */
export const filesIn = async ({ client, code, bucket }: LocalCountry): Promise<Place[]> => {
  const places: Place[] = [];
  const of = { client: new S3Client(client), name: bucket };
  for await (const page of versionsBelow(of, ''))
    places.push(...page.map(({ Key = '' }): Place => [`${code} bucket`, Key]));
  return places;
};

/** Every file below, whatever its name: bytes that are no text are looked at too. */
const localFiles = async (folder: string): Promise<Place[]> => {
  const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    all
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }): Promise<Place> => {
        const path = join(parentPath, name);
        return [`file ${relative(folder, path)}`, await readFile(path, 'latin1')];
      }),
  );
};

const folder = join(import.meta.dirname, '../../.local');

/**
 * What a run left behind in both countries, on this machine and at the partners' servers. The emulator makes no metric of what
 * functions write (EMF), so the lines themselves are looked at; of traces there are none (`test/infra/keeping.test.ts`).
 */
export const tracesOf = async (
  { network, receiver }: Demo,
  schedules: readonly string[],
): Promise<Place[]> => {
  const places: Place[] = [];
  for (const country of [network.countries.kr, network.countries.vn]) {
    for (const of of [messagesIn, itemsOf, filesIn]) places.push(...(await of(country)));
    places.push(...(await schedulesIn(country, schedules)));
  }
  if (network.log) places.push(...linesOf(await readFile(network.log, 'utf8')));
  places.push(...(await localFiles(folder)));
  places.push(...receiver.hooks.map(({ office, body }): Place => [`webhook to ${office}`, body]));
  return places;
};
