import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { factsIn } from '../../infra/local/facts-in.ts';
import { steps, submission } from '../../infra/local/walk.ts';
import { agree, both, type Given, heard, post, sent, until } from './support.ts';

const offices = ['kr-danuri', 'vn-osso-can-tho'];

export const repeats = (given: Given) => {
  test('the same border event delivered twice changes nothing the second time', async () => {
    const demo = given();
    demo.network.carrier.double(true);
    demo.network.carrier.shuffle(true);
    const { ref, offer } = await sent(demo);
    await agree(demo, ref, '"kr1.vn0"', offices);
    for (const { command, body } of steps)
      await post(demo, 'vn-osso-can-tho', `/v1/referrals/${ref}/offers/${offer}/${command}`, body);
    await agree(demo, ref, '"kr1.vn5"', offices);
    demo.network.carrier.double(false);
    demo.network.carrier.shuffle(false);
    const [kr, vn] = await Promise.all(both(demo).map((country) => factsIn(country, ref)));
    expect(kr).toHaveLength(6);
    expect(vn).toEqual(kr);
  });

  test('the same delivery twice is one webhook, always under its own id', async () => {
    const demo = given();
    const { ref, etag } = await sent(demo);
    await heard(demo, ref, etag, offices);
    const { client, queues } = demo.network.countries.kr;
    const id = await until(
      () => deliveryOf(demo, `${ref}`),
      (found) => found !== undefined,
    );
    const QueueUrl = queues.WebhooksDeliver;
    await new SQSClient(client).send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify({ id }),
        MessageGroupId: 'again',
        MessageDeduplicationId: randomUUID(),
      }),
    );
    const next = await sent(demo); // goes out behind the repeat
    await heard(demo, next.ref, next.etag, offices);
    const hooks = demo.receiver.hooks.filter(
      (hook) => hook.office === 'kr-danuri' && hook.id === `${ref}/kr/1`,
    );
    expect(hooks).toHaveLength(1);
  });

  test('a second submit with the same key is the first referral, and with another body is refused', async () => {
    const demo = given();
    const key = randomUUID();
    const call = (body: object) =>
      demo.call('kr-danuri', { method: 'POST', path: '/v1/referrals', body, key });
    const body = submission();
    const [first, again] = [await call(body), await call(body)];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.state.ref).toBe(first.body.state.ref);
    const other = await call({ ...body, urgency: 'urgent' });
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } });
  });
};

const deliveryOf = async (demo: ReturnType<Given>, ref: string): Promise<string | undefined> => {
  const { client, tables } = demo.network.countries.kr;
  const { Items = [] } = await new DynamoDBClient(client).send(
    new ScanCommand({ TableName: tables.deliveries, ConsistentRead: true }),
  );
  return Items.find((item) => item.subject?.S === ref && item.state?.S === 'delivered')?.id?.S;
};
