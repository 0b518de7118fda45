import '../../support/env.ts';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import { handler } from '../../../functions/webhooks/fan-out.ts';
import { deliveryIdOf, endpointIdOf } from '../../../shared/ids.ts';
import { queueOf } from '../../support/aws.ts';
import { endpointOf } from '../../support/endpoints.ts';
import { log, onward, placed, ref, submitted, takesOver } from '../../support/facts.ts';
import { abroad, home, noon, sender, shelter } from '../../support/people.ts';
import { acknowledged, handOverProposed, takenOver } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const queue = mockClient(SQSClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  queue.reset();
  db = tables();
});
const facts = onward(log(submitted({ lines: [[abroad], [home]] })), acknowledged());
const fact = facts[1] as Fact;
const add = (office: Office, url = `https://${office}.example/`) => endpointOf(db, office, url);
const sent = () =>
  queue.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => ({
    id: JSON.parse(input.MessageBody ?? '').id,
    group: input.MessageGroupId,
    once: input.MessageDeduplicationId,
  }));
const deliveries = () => [...db.items].filter(([key]) => key.startsWith('deliveries D#'));

test('each endpoint of each of our own offices that it concerns gets one delivery and one message', async () => {
  const [one, two] = [add(sender), add(sender, 'https://other.example/')];
  add(home);
  add(abroad);
  expect((await handler(queueOf(fact))).batchItemFailures).toEqual([]);
  expect(
    sent()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([one, two].map((e) => deliveryIdOf(e, fact.id)).toSorted());
  for (const { id, group, once } of sent()) {
    expect(once).toBe(id);
    expect(group).toBe(id);
  }
  expect(deliveries()).toHaveLength(2);
});

test('a delivery holds where its fact stands, and no content', async () => {
  const endpoint = add(sender);
  await handler(queueOf(fact));
  const [, item] = deliveries()[0] ?? [];
  expect(item).toMatchObject({
    office: { S: sender },
    endpoint: { S: endpoint },
    subject: { S: ref },
    country: { S: 'vn' },
    seq: { N: '1' },
    state: { S: 'pending' },
    tries: { N: '0' },
    createdAt: { S: noon },
    expires: { N: String(Date.parse(noon) / 1000 + 90 * 24 * 3600) },
  });
  expect(JSON.stringify(item)).not.toContain('data');
});

test('an endpoint hears only the types that it asked for', async () => {
  endpointOf(db, sender, 'https://services.example/', ['service.*', 'offer.declined.v1']);
  await handler(queueOf(fact));
  expect(sent()).toEqual([]);
  const wanting = endpointOf(db, sender, 'https://offers.example/', ['offer.*']);
  await handler(queueOf(fact));
  expect(sent().map(({ id }) => id)).toEqual([deliveryIdOf(wanting, fact.id)]);
});

test('a repeat sends again only what was never tried', async () => {
  add(sender);
  await handler(queueOf(fact));
  await handler(queueOf(fact));
  expect(sent()).toHaveLength(2);
  const [, item] = deliveries()[0] ?? [];
  if (item) item.tries = { N: '1' };
  await handler(queueOf(fact));
  if (item) Object.assign(item, { tries: { N: '0' }, state: { S: 'delivered' } });
  await handler(queueOf(fact));
  expect(sent()).toHaveLength(2);
  expect(deliveries()).toHaveLength(1);
});

test('what crossed a hand-over goes to who is the sender by now', async () => {
  const moved = onward(
    log(submitted({ lines: [[abroad]], grants: [{ office: abroad }, ...takesOver(shelter)] })),
    ...[handOverProposed(shelter), takenOver(shelter)],
  );
  const crossed = placed(acknowledged(), 'vn', 1, 1);
  db.hold([...moved, crossed]);
  const endpoint = add(shelter);
  await handler(queueOf(crossed));
  expect(sent().map(({ id }) => id)).toEqual([deliveryIdOf(endpoint, crossed.id)]);
});

test('an office without an endpoint, and one of the other country, cost nothing', async () => {
  endpointOf(db, abroad, 'https://abroad.example/');
  await handler(queueOf(fact));
  expect([sent(), db.writes()]).toEqual([[], 0]);
});

test('what could not be sent comes again', async () => {
  add(sender);
  queue.on(SendMessageCommand).rejectsOnce(new Error('unreachable'));
  await expect(handler(queueOf(fact))).rejects.toThrow('unreachable');
  expect((await handler(queueOf(fact))).batchItemFailures).toEqual([]);
  expect(sent()).toHaveLength(2);
});

test('an endpoint’s id is the same however often its address is registered', () => {
  expect(endpointIdOf(sender, 'https://a.example/')).toBe(
    endpointIdOf(sender, 'https://a.example/'),
  );
});
