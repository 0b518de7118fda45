import '../../support/env.ts';
import { type JWTPayload, SignJWT } from 'jose';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/api/office.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { officeLog, registeredEntry } from '../../support/offices.ts';
import { abroad, noon, sender, worker } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';
import { api, tokenMaker } from '../../support/tokens.ts';

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  const [first] = officeLog();
  const text = JSON.stringify(first).replaceAll('vn-invented-desk', sender);
  const own = { ...JSON.parse(text), country: 'kr', actor: 'kr:operator', id: `${sender}/kr/1` };
  db.hold([own as Fact]);
});

const post = (command: string, input: object | string, more: object = {}) => {
  const {
    who = worker(sender, 'supervisor'),
    office = sender,
    headers = {},
  } = more as {
    who?: ReturnType<typeof worker>;
    office?: string;
    headers?: Record<string, string>;
  };
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const route = `POST /v1/directory/offices/{office}/${command}`;
  return answerOf(handler, callOf(route, { who, params: { office }, body, headers }));
};

describe('an office’s supervisor', () => {
  test('changes the entry: a fact by the office, for both countries', async () => {
    const { status, headers, body } = await post('change', { services: ['health'] });
    expect([status, headers.etag]).toEqual([200, '"kr2.vn0"']);
    expect(body).toMatchObject({ office: sender, services: [{ code: 'health' }] });
    expect(db.ledger()[1]).toMatchObject({
      type: 'office.changed.v1',
      subject: sender,
      actor: sender,
      reach: 'both',
      data: {
        offices: [sender],
        by: worker(sender, 'supervisor') && expect.any(String),
        services: ['health'],
      },
    });
    expect((await post('change', { services: ['health'] })).status).toBe(200);
    expect(db.ledger()).toHaveLength(2);
  });

  test('stores names composed, however they were typed', async () => {
    const name = { en: 'Invented', vi: 'Văn phòng Cần Thơ'.normalize('NFD') };
    await post('change', { name });
    expect(db.ledger()[1]?.data).toMatchObject({
      name: { vi: 'Văn phòng Cần Thơ'.normalize('NFC') },
    });
  });

  test('says what its capacity is', async () => {
    const { body } = await post('set-capacity', { capacity: 'no-capacity' });
    expect(body.capacity).toEqual({
      code: 'no-capacity',
      label: expect.any(String),
      updated: noon,
    });
  });

  test('changes only what it has read, when it says so', async () => {
    const headers = { 'if-match': '"kr9.vn0"' };
    expect((await post('change', { services: [] }, { headers })).status).toBe(412);
    expect(db.ledger()).toHaveLength(1);
    const right = { 'if-match': '"kr1.vn0"' };
    expect((await post('change', { services: [] }, { headers: right })).status).toBe(200);
  });

  test.each<[string, string, object | string, string]>([
    ['an unknown part', 'change', { kind: 'shelter' }, '/kind'],
    ['its authority', 'change', { authority: 'police' }, '/authority'],
    ['a part within', 'change', { name: { en: 'A', address: 'secret' } }, '/name/address'],
    ['an unknown capacity', 'set-capacity', { capacity: 'lots' }, '/capacity'],
    [
      'a private key',
      'rotate-keys',
      { add: [{ key: { ...registeredEntry.keys[0], d: 'x' }, proof: 'x' }] },
      '/add/0/key/d',
    ],
  ])('is refused %s', async (_, command, input, field) => {
    const { status, body } = await post(command, input);
    expect([status, body.field]).toEqual([422, field]);
    expect(db.writes()).toBe(0);
  });
});

test('a worker is told that it is a supervisor’s', async () => {
  const { status, body } = await post('change', {}, { who: worker(sender) });
  expect([status, body.code]).toEqual([403, 'not-yours-to-do']);
});

test.each([abroad, 'kr-nobody', 'x', '../kr-nobody'])(
  '%s is 404 for everybody else',
  async (office) => {
    for (const role of ['worker', 'supervisor'] as const)
      for (const input of [{}, 'no json']) {
        const { status, body } = await post('change', input, { office, who: worker(sender, role) });
        expect([status, body.code]).toEqual([404, 'not-found']);
      }
    expect(db.dynamo.calls()).toHaveLength(0);
  },
);

describe('a new key', () => {
  const path = `/v1/directory/offices/${sender}/rotate-keys`;
  const rotation = async (claims: JWTPayload = {}, header: object = {}, signer?: CryptoKey) => {
    const fresh = await tokenMaker(sender, 'ES256', 'fresh');
    const call = { iss: sender, aud: api, htm: 'POST', htu: `${api}${path}` };
    const own = { iat: fresh.seconds, exp: fresh.seconds + 300, ...call, ...claims };
    const proof = signer
      ? await new SignJWT(own).setProtectedHeader({ alg: 'ES256', kid: 'fresh' }).sign(signer)
      : await fresh.sign({ sub: undefined, role: undefined, sha256: undefined, ...own }, header);
    const { ext: _, key_ops: __, ...key } = fresh.jwk;
    return { add: [{ key, proof }] };
  };

  test('is added when it signed this very call too, and counts after a day', async () => {
    const { status, body } = await post('rotate-keys', await rotation());
    expect(status).toBe(200);
    expect(body.keys.map(({ kid, from }: Record<string, string>) => [kid, from])).toEqual([
      ['example-1', noon],
      ['fresh', '2026-11-24T03:00:00.000Z'],
    ]);
    expect(db.ledger()[1]?.data).toMatchObject({ added: [{ kid: 'fresh' }], removed: [] });
  });

  test.each<[string, JWTPayload, object?]>([
    ['for another office', { iss: 'kr-nobody' }],
    ['for the other country', { aud: 'https://api.other.example' }],
    ['for another call', { htu: `${api}/v1/referrals` }],
    ['for another method', { htm: 'GET' }],
    ['of an hour ago', { iat: Date.parse(noon) / 1000 - 3600, exp: Date.parse(noon) / 1000 + 60 }],
    ['that has expired', { exp: Date.parse(noon) / 1000 - 1 }],
    ['that never expires', { exp: undefined }],
    ['of a key with another name', {}, { kid: 'other' }],
  ])('with a proof %s is refused', async (_, claims, header) => {
    const { status, body } = await post('rotate-keys', await rotation(claims, header));
    expect([status, body.field]).toEqual([422, '/add/0/proof']);
    expect(db.writes()).toBe(0);
  });

  test('that somebody else holds is refused', async () => {
    const { privateKey } = await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['sign', 'verify'],
    );
    expect((await post('rotate-keys', await rotation({}, {}, privateKey))).status).toBe(422);
    for (const proof of ['x', '..', 'a.b.c']) {
      const { add } = await rotation();
      expect((await post('rotate-keys', { add: [{ ...add[0], proof }] })).status).toBe(422);
    }
  });

  test('that is no point of its curve is refused', async () => {
    const { add } = await rotation();
    const key = { ...add[0]?.key, x: 'A'.repeat(43), y: 'A'.repeat(43) };
    expect((await post('rotate-keys', { add: [{ ...add[0], key }] })).status).toBe(422);
  });

  test('lets the old one go only when it counts itself', async () => {
    await post('rotate-keys', await rotation());
    const remove = { remove: ['example-1'] };
    expect((await post('rotate-keys', remove)).body.code).toBe('last-key');
    vi.setSystemTime(Date.parse('2026-11-24T03:00:00.000Z'));
    const { status, body } = await post('rotate-keys', remove);
    expect([status, body.keys.length]).toEqual([200, 1]);
  });
});
