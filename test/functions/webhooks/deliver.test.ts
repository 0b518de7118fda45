import '../../support/env.ts';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/webhooks/deliver.ts';
import { factFor } from '../../../shared/referral/fact-for.ts';
import { queueOf } from '../../support/aws.ts';
import { deliveryOf, secret } from '../../support/endpoints.ts';
import { logged } from '../../support/env.ts';
import { log, onward, submitted } from '../../support/facts.ts';
import { partner } from '../../support/partner.ts';
import { abroad, home, noon, sender } from '../../support/people.ts';
import { acknowledged } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const it = partner();
const kms = mockClient(KMSClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  kms.reset();
  kms.on(DecryptCommand).resolves({ Plaintext: Buffer.from(secret) });
});

const facts = onward(log(submitted({ lines: [[home, abroad]] })), acknowledged({ office: home }));
const item = (id: string) => db.items.get(`deliveries D#${id} D`);
/** A delivery of the last of these facts, as fan-out puts it. */
const pending = (
  known: readonly Fact[],
  office = home,
  fact = known.at(-1) as Fact,
  to = it.url,
) => {
  db.hold(known);
  return deliveryOf(db, office, fact, to);
};
const deliver = async (id: string) => (await handler(queueOf({ id }))).batchItemFailures.length;

describe('what is delivered', () => {
  test('is the fact as this office may read it, signed so that an independent library says yes', async () => {
    const id = pending(facts);
    expect(await deliver(id)).toBe(0);
    const [{ headers, body } = { headers: {}, body: '' }] = it.got;
    expect(JSON.parse(body)).toEqual(factFor(home, facts, facts[1] as Fact));
    expect(body).toBe(JSON.stringify(JSON.parse(body)));
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json',
      'webhook-id': facts[1]?.id,
      'webhook-timestamp': String(Date.parse(noon) / 1000),
    });
    expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    expect(item(id)).toMatchObject({
      state: { S: 'delivered' },
      tries: { N: '1' },
      lastAttemptAt: { S: noon },
    });
  });

  test('is cut: the first fact shows no list', async () => {
    await deliver(pending(facts, home, facts[0]));
    expect(it.got[0]?.body).not.toContain(abroad);
  });

  test('is not sent again when its message comes again', async () => {
    const id = pending(facts);
    await deliver(id);
    expect(await deliver(id)).toBe(0);
    expect(it.got).toHaveLength(1);
  });

  test('is an office’s own entry of the directory, in full', async () => {
    const entry = {
      ...facts[0],
      subject: home,
      id: `${home}/kr/1`,
      type: 'office.suspended.v1',
      actor: 'kr:operator',
      data: { offices: [home] },
    } as unknown as Fact;
    await deliver(pending([entry]));
    expect(JSON.parse(it.got[0]?.body ?? '')).toEqual(entry);
  });
});

describe('a partner that fails', () => {
  test.each([301, 307, 400, 404, 410, 429, 500, 503])(
    'with %i gets it again, under the same id',
    async (code) => {
      const id = pending(facts);
      it.status = code;
      expect(await deliver(id)).toBe(1);
      expect(item(id)).toMatchObject({ state: { S: 'pending' }, tries: { N: '1' } });
      it.status = 204;
      expect(await deliver(id)).toBe(0);
      expect(it.got.map(({ headers }) => headers['webhook-id'])).toEqual([
        facts[1]?.id,
        facts[1]?.id,
      ]);
      expect(it.got[0]?.body).toBe(it.got[1]?.body);
      expect(item(id)).toMatchObject({ state: { S: 'delivered' }, tries: { N: '2' } });
    },
  );

  test('that is not there gets it again', async () => {
    const id = pending(facts, home, facts[1], 'http://127.0.0.1:1/');
    expect(await deliver(id)).toBe(1);
  });

  test('whose address is not public hears nothing', async () => {
    const id = pending(facts, home, facts[1], 'http://[::1]:1/');
    expect(await deliver(id)).toBe(1);
    expect(logged.join()).toContain('BlockedTarget');
  });
});

test('nothing is sent for a delivery or an endpoint that is gone', async () => {
  const id = pending(facts);
  for (const key of db.items.keys()) if (key.includes(' E#')) db.items.delete(key);
  expect(await deliver(id)).toBe(0);
  expect(await deliver('dlv_00000000000000000000000000')).toBe(0);
  expect(it.got).toEqual([]);
});

test('a failure of our own comes again and counts as no attempt', async () => {
  const id = pending(facts, sender);
  kms.reset();
  kms.on(DecryptCommand).rejects(new Error('throttled'));
  for (const key of db.items.keys())
    if (key.includes(' E#'))
      Object.assign(db.items.get(key) ?? {}, {
        secret: { S: Buffer.from('another').toString('base64') },
      });
  await expect(deliver(id)).rejects.toThrow('throttled');
  expect(item(id)).toMatchObject({ tries: { N: '0' }, state: { S: 'pending' } });
});

test('neither the address’s path nor the body is logged', async () => {
  await deliver(pending(facts));
  for (const hidden of ['secret-path', 'whsec', '"offices"'])
    expect(logged.join()).not.toContain(hidden);
});
