import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { recover } from '../../infra/local/ops.ts';
import { agree, both, type Given, sent, until } from './support.ts';
import { wakeUps } from './wake-ups.ts';

const receiver = 'vn-osso-can-tho';

/** The deliveries about one referral, and their state. */
const deliveriesOf = async ({ client, tables }: LocalCountry, ref: string) => {
  const found = new ScanCommand({
    TableName: tables.deliveries,
    FilterExpression: 'subject = :ref',
    ExpressionAttributeValues: { ':ref': { S: ref } },
  });
  return (await new DynamoDBClient(client).send(found)).Items ?? [];
};

export const recovery = (given: Given) => {
  test('after the network was made anew, recover sets missing wake-ups and sends what waits', async () => {
    const demo = given();
    const [, vn] = both(demo) as [LocalCountry, LocalCountry];
    const { ref, etag } = await sent(demo);
    await agree(demo, ref, etag, ['kr-danuri', receiver]);
    const states = async () => (await deliveriesOf(vn, ref)).map(({ state }) => state?.S);
    await until(states, (all) => all.length > 0 && all.every((state) => state === 'delivered'));
    const [wakeUp] = await until(
      () => wakeUps(vn, ref),
      (found) => found.length === 1,
    );

    // As a new stack begins: without schedules, and with queues that hold nothing.
    const { Name, GroupName } = wakeUp ?? {};
    await new SchedulerClient(vn.client).send(new DeleteScheduleCommand({ Name, GroupName }));
    for (const { pk, sk } of await deliveriesOf(vn, ref))
      await new DynamoDBClient(vn.client).send(
        new UpdateItemCommand({
          TableName: vn.tables.deliveries,
          Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } },
          UpdateExpression: 'SET #state = :pending',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':pending': { S: 'pending' } },
        }),
      );

    const { looked, sent: again } = await recover(vn.client, 'vn');
    expect(looked).toBeGreaterThan(0);
    expect(again).toBeGreaterThan(0);
    const [anew] = await until(
      () => wakeUps(vn, ref),
      (found) => found.length === 1,
    );
    expect(anew?.Name).toBe(Name);
    await until(states, (all) => all.every((state) => state === 'delivered'));
  });
};
