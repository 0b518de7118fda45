import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { removeBelow } from '../../shared/vault/remove-documents.ts';
import { answersOf } from './answers.ts';
import { isOfDirectory, leaksIn } from './leaks.ts';
import { runOnce } from './small-function.ts';
import { type Given, until } from './support.ts';
import { listen, tracesOf } from './traces.ts';

const folder = join(import.meta.dirname, '../../.local');

/** The canary is only as good as the places in which it looks: a leak is put into each kind of place, in one form or another. */
export const planted = (given: Given) => {
  test('the canary finds a leak that is planted in each place, and nothing else', async () => {
    const mark = `CANARY-planted-${randomUUID()}`;
    const hex = Buffer.from(mark).toString('hex');
    const base64 = Buffer.from(`a${mark}, and more`).toString('base64');
    const { network, receiver } = given();
    const { kr, vn } = network.countries;
    await listen(vn);

    const item = { pk: { S: 'planted' }, sk: { S: 'leak' } };
    const dynamo = new DynamoDBClient(kr.client);
    const views = { TableName: kr.tables.views };
    await dynamo.send(new PutItemCommand({ ...views, Item: { ...item, view: { S: base64 } } }));

    const sqs = new SQSClient(vn.client);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => /GaveUp|NotSent|NotRun/.test(url));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `{"body":"${hex}"}` }));

    const event = { Source: 'planted', DetailType: 'leak', Detail: JSON.stringify({ mark }) };
    await new EventBridgeClient(vn.client).send(
      new PutEventsCommand({ Entries: [{ ...event, EventBusName: vn.bus }] }),
    );

    const scheduler = new SchedulerClient(kr.client);
    const schedule = { Name: 'planted-leak', GroupName: 'default' };
    await scheduler.send(
      new CreateScheduleCommand({
        ...schedule,
        ScheduleExpression: 'at(2099-01-01T00:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: 'arn:aws:sqs:ap-northeast-2:000000000000:nobody',
          RoleArn: 'arn:aws:iam::000000000000:role/nobody',
          Input: JSON.stringify({ base64 }),
        },
      }),
    );

    const s3 = new S3Client({ ...kr.client, forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: kr.bucket, Key: `planted/${mark}`, Body: 'x' }));

    await mkdir(folder, { recursive: true });
    const file = join(folder, 'planted.bin');
    await writeFile(file, Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(hex)]));
    const { Role } = await new LambdaClient(kr.client).send(
      new GetFunctionConfigurationCommand({ FunctionName: Object.values(kr.functions)[0] }),
    );
    const emf = { _aws: { CloudWatchMetrics: [{ Namespace: 'Referrals' }] }, area: mark };
    const lines = [`"subject":"ref_0" ${mark}`, JSON.stringify(emf)];
    const say = lines.map((line) => `console.log('${line}')`).join();
    await runOnce(kr, Role, `exports.handler = async () => (${say}, {})`);

    await fetch(receiver.urlOf('kr-danuri'), { method: 'POST', body: JSON.stringify({ base64 }) });
    const { answers, call } = answersOf(given);
    await call('kr-danuri', '/v1/referrals', { [mark]: 1 }); // the error names the field

    const expected = [
      `kr table ${kr.tables.views}`,
      `vn queue ${QueueUrl?.split('/').at(-1)}`,
      'vn queue canary-hears-everything',
      'kr schedule',
      'kr bucket',
      'file planted.bin',
      'webhook to kr-danuri',
      'answer to referrals',
      ...(network.log ? ['logs', 'metrics'] : []),
    ];
    const found = new Set<string>();
    await until(
      async () => {
        const traces = [...(await tracesOf(given(), ['planted'])), ...answers];
        // As a category is looked for.
        const places = traces.filter((place) => !isOfDirectory(place));
        for (const leak of leaksIn(places, [mark])) found.add(leak.slice(0, leak.indexOf(': ')));
        return [...found];
      },
      (all) => all.length >= expected.length,
    );
    expect([...found].toSorted()).toEqual(expected.toSorted());

    await dynamo.send(new DeleteItemCommand({ ...views, Key: item }));
    await scheduler.send(new DeleteScheduleCommand(schedule));
    await removeBelow({ client: s3, name: kr.bucket }, 'planted/');
    await rm(file);
  });
};
