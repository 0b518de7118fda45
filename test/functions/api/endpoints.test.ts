import '../../support/env.ts';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Office } from '../../../events/envelope.ts';
import { handler } from '../../../functions/api/endpoints.ts';
import { endpointIdOf } from '../../../shared/ids.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { endpointOf } from '../../support/endpoints.ts';
import { logged } from '../../support/env.ts';
import { home, noon, sender, worker } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

const kms = mockClient(KMSClient);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  kms.reset();
  kms.on(EncryptCommand).callsFake(async ({ EncryptionContext }) => ({
    CiphertextBlob: Buffer.from(`sealed for ${EncryptionContext.endpoint}`),
  }));
});
const url = 'https://hooks.invented.example/in';
const types = ['*'];
const add = (body: object = { url, types }, role: 'worker' | 'supervisor' = 'supervisor') =>
  answerOf(
    handler,
    callOf('POST /v1/endpoints', { who: worker(sender, role), body: JSON.stringify(body) }),
  );
const list = async (office: Office = sender) =>
  (await answerOf(handler, callOf('GET /v1/endpoints', { who: worker(office) }))).body.items;

describe('a new endpoint', () => {
  test('is answered with its secret, once; only ciphertext is kept, bound to it', async () => {
    const { status, body } = await add({ url, types, description: 'invented' });
    const id = endpointIdOf(sender, url);
    expect(status).toBe(201);
    expect(body).toEqual({
      id,
      url,
      types,
      description: 'invented',
      state: 'active',
      createdAt: noon,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const kept = JSON.stringify([...db.items.values()]);
    expect(kept).toContain(Buffer.from(`sealed for ${id}`).toString('base64'));
    for (const hidden of [body.secret, body.secret.slice(6)]) {
      expect(kept).not.toContain(hidden);
      expect(logged.join()).not.toContain(hidden);
    }
    const [shown] = await list();
    expect(shown).toEqual({
      id,
      url,
      types,
      description: 'invented',
      state: 'active',
      createdAt: noon,
    });
  });

  test('has a secret of its own', async () => {
    const [one, two] = [await add(), await add({ url: `${url}/2`, types })];
    expect(one.body.secret).not.toBe(two.body.secret);
  });

  test('is for a supervisor', async () => {
    const { status, body } = await add({ url, types }, 'worker');
    expect([status, body.code, db.writes()]).toEqual([403, 'not-yours-to-do', 0]);
  });

  test('gets a new secret when its address is registered again: whoever lost the first asks again', async () => {
    const first = await add();
    const again = await add();
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect(again.body.secret).not.toBe(first.body.secret);
    expect(await list()).toHaveLength(1);
  });

  test('is one of ten at most', async () => {
    for (let i = 0; i < 10; i += 1) endpointOf(db, sender, `${url}/${i}`);
    const { status, body } = await add();
    expect([status, body.code]).toEqual([409, 'limit-reached']);
  });

  test.each([
    [{ types, url: 'http://hooks.invented.example/' }, 'url-not-https', '/url'],
    [{ types, url: 'https://169.254.169.254/' }, 'url-is-address', '/url'],
    [{ types, url: 'https://localhost/' }, 'url-not-public', '/url'],
    [{ url: 7, types }, 'invalid-field', '/url'],
    [{}, 'invalid-field', '/url'],
    [{ url, types, office: home }, 'unknown-field', '/office'],
    [{ url, types, description: 'x'.repeat(201) }, 'invalid-field', '/description'],
    [{ url }, 'invalid-field', '/types'],
    [{ url, types: ['offer'] }, 'invalid-field', '/types/0'],
  ])('is refused with %j', async (body, code, field) => {
    const answer = await add(body);
    expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ code, field })]);
    expect([db.writes(), kms.calls().length]).toEqual([0, 0]);
  });
});

test('an office sees its own endpoints and no others', async () => {
  endpointOf(db, home, url);
  expect(await list()).toEqual([]);
  expect(await list(home)).toHaveLength(1);
});
