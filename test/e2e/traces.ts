import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetScheduleCommand,
  paginateListSchedules,
  SchedulerClient,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalCountry } from '../../infra/local/country.ts';

/** Text that lies somewhere, and where. */
export type Place = readonly [where: string, text: string];

/** A mark as it is, and as base64 or hex might carry it. */
const formsOf = (mark: string): string[] => {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${mark}`).toString('base64url');
    return text.slice(Math.ceil((before * 8) / 6), text.length - 2); // the ends depend on what stands beside
  });
  return [mark, ...base64, Buffer.from(mark).toString('hex')];
};

/** Which marks stand where. */
export const leaksIn = (places: readonly Place[], marks: readonly string[]): string[] =>
  places.flatMap(([where, text]) => {
    const flat = text.replaceAll('+', '-').replaceAll('/', '_');
    return marks
      .filter((mark) => formsOf(mark).some((form) => flat.includes(form)))
      .map((mark) => `${where}: ${mark}`);
  });

/** What an office says of itself: which services it has tells nothing of her. */
export const isOfDirectory = ([, text]: Place): boolean =>
  /^\{"pk":\{"S":"(directory|(kr|vn)-[a-z0-9-]+)"\}/.test(text) ||
  /"subject":"(kr|vn)-[a-z0-9-]+"/.test(text);

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

/** By how their names begin: of all together the emulator lists a hundred at most. */
const schedulesIn = async ({ client, code }: LocalCountry, names: readonly string[]) => {
  const scheduler = new SchedulerClient(client);
  const Schedules: ScheduleSummary[] = [];
  for (const NamePrefix of names)
    for await (const page of paginateListSchedules({ client: scheduler }, { NamePrefix }))
      Schedules.push(...(page.Schedules ?? []));
  return Promise.all(
    Schedules.map(async ({ Name, GroupName }): Promise<Place> => {
      const whole = await scheduler.send(new GetScheduleCommand({ Name, GroupName }));
      return [`${code} schedule`, JSON.stringify({ ...whole, $metadata: undefined })];
    }),
  );
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
  const { Versions = [], DeleteMarkers = [] } = await new S3Client(client).send(
    new ListObjectVersionsCommand({ Bucket: bucket }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key = '' }): Place => [`${code} bucket`, Key]);
};

/** What a run left behind in both countries and on this machine. */
export const tracesOf = async (
  countries: readonly LocalCountry[],
  { log, folder, schedules }: { log?: string | undefined; folder: string; schedules: string[] },
): Promise<Place[]> => {
  const places: Place[] = [];
  for (const country of countries) {
    for (const of of [messagesIn, itemsOf, filesIn]) places.push(...(await of(country)));
    places.push(...(await schedulesIn(country, schedules)));
  }
  if (log) places.push(['logs', await readFile(log, 'utf8')]);
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.json') && name !== 'body.json'))
    places.push([`file ${file}`, await readFile(join(folder, file), 'utf8')]);
  return places;
};
