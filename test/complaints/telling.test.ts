import '../support/env.ts';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { handler as command } from '../../functions/api/command.ts';
import { handler as read } from '../../functions/api/read.ts';
import { handler as deliver } from '../../functions/webhooks/deliver.ts';
import { handler as fanOut } from '../../functions/webhooks/fan-out.ts';
import { codes } from '../../shared/codes.ts';
import { inOrder } from '../../shared/referral/order.ts';
import { Chance } from '../simulation/chance.ts';
import { answerOf, callOf, queueOf } from '../support/aws.ts';
import { seedDirectory } from '../support/directory.ts';
import { endpointOf, secret } from '../support/endpoints.ts';
import { log, onward, ref, submitted } from '../support/facts.ts';
import { partner } from '../support/partner.ts';
import { abroad, home, noon, sender, worker } from '../support/people.ts';
import { seed } from '../support/seed.ts';
import { accepted, acknowledged, completed, progressed, started } from '../support/steps.ts';
import { tables } from '../support/tables.ts';

// Lines of the table in lifecycle.md, "Complaints about other systems": what the sender hears.

const queue = mockClient(SQSClient);
const kms = mockClient(KMSClient);
const it = partner();
let db: ReturnType<typeof tables>;
const fresh = (facts: readonly Fact[]) => {
  db = tables();
  seedDirectory(db);
  db.hold(facts);
  endpointOf(db, sender, it.url);
};
beforeEach(() => {
  queue.reset();
  kms.reset();
  kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from(secret) });
});

/** The messages that fan-out left for `deliver`, taken from the queue. */
const waiting = (): { id: string }[] => {
  const bodies = queue.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
  queue.reset();
  return bodies.map(({ MessageBody = '' }) => JSON.parse(MessageBody));
};
/** Those that failed, and come again. */
const delivered = async (messages: readonly { id: string }[]) => {
  const failed: { id: string }[] = [];
  for (const message of messages)
    if ((await deliver(queueOf(message))).batchItemFailures.length > 0) failed.push(message);
  return failed;
};
const got = () => it.got.map(({ body }) => JSON.parse(body) as Fact);

const call = (office: Office, name: string, body: object) =>
  answerOf(
    command,
    callOf(`POST /v1/referrals/{ref}/offers/{offer}/${name}`, {
      who: worker(office, 'supervisor'),
      params: { ref, offer: 'kr1-1' },
      headers: { 'idempotency-key': 'a-key-of-22-characters-' },
      body: JSON.stringify(body),
    }),
  );

const declines = codes.declineReasons.filter(({ commands }) => commands.includes('decline'));

test.each(declines)(
  'every decline reaches the sender’s webhook with its reason, or as `other`: $code',
  async ({ code, side }) => {
    fresh(log(submitted({ lines: [[home, abroad]] })));
    expect((await call(home, 'decline', { reason: code })).status).toBe(200);
    await fanOut(queueOf(db.ledger().at(-1)));
    expect(await delivered(waiting())).toEqual([]);
    const hidden = side !== 'provider' || code === 'safety-or-conflict-of-interest';
    expect(got()).toMatchObject([
      { type: 'offer.declined.v1', data: { offer: 'kr1-1', reason: hidden ? 'other' : code } },
    ]);
  },
);

const life = onward(
  log(submitted({ lines: [[abroad]] })),
  acknowledged(),
  accepted(),
  progressed(),
  started(),
  progressed({}, { kind: 'visit', visit: 1 }),
  completed(),
);

test('six hours down: everything arrives, numbered so that it can be put in order, with no second effect', async () => {
  const chance = new Chance(seed);
  fresh(life);
  it.status = 503;
  // Each fact comes from the bus, some twice; each delivery is tried for a quarter of an hour, then waits to be sent again.
  for (const fact of life) await fanOut(queueOf(fact, ...(chance.yes(0.5) ? [fact] : [])));
  let messages = waiting();
  for (let tries = 0; tries < 15; tries += 1) messages = await delivered(messages);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(life.length);
  vi.setSystemTime(Date.parse(noon) + 6 * 3_600_000);
  it.status = 200;
  it.got.length = 0;
  const again = messages.flatMap((message) => [message, message]);
  const shuffled = again.toSorted(() => chance.next() - 0.5);
  expect(await delivered(shuffled)).toEqual([]);
  const ids = it.got.map(({ headers }) => headers['webhook-id']);
  expect(ids.toSorted()).toEqual(life.map(({ id }) => id).toSorted());
  expect(
    got()
      .toSorted(inOrder)
      .map(({ id }) => id),
  ).toEqual(life.map(({ id }) => id));
});

test('six hours down and some of it lost: the facts call fills the gap, and finds it by the numbers alone', async () => {
  fresh(life);
  for (const fact of life) if (fact.seq !== 3 || fact.country !== 'vn') await fanOut(queueOf(fact));
  await delivered(waiting());
  const heard = got().toSorted(inOrder);
  const numbers = heard.filter(({ country }) => country === 'vn').map(({ seq }) => seq);
  expect(numbers).toEqual([1, 2, 4, 5, 6]);
  const { body } = await answerOf(
    read,
    callOf('GET /v1/referrals/{ref}/facts', {
      who: worker(sender),
      params: { ref },
      query: { after: 'kr1.vn2' },
    }),
  );
  const all = new Map([...heard, ...(body.facts as Fact[])].map((fact) => [fact.id, fact]));
  expect([...all.values()].toSorted(inOrder).map(({ id }) => id)).toEqual(life.map(({ id }) => id));
  // What is read is what was sent, byte for byte.
  for (const fact of body.facts as Fact[]) {
    const sent = heard.find(({ id }) => id === fact.id);
    if (sent) expect(fact).toEqual(sent);
  }
});
