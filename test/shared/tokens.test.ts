import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../events/envelope.ts';
import { digest } from '../../shared/ids.ts';
import { verify } from '../../shared/tokens.ts';
import { sub } from '../support/aws.ts';
import { entryOf } from '../support/directory.ts';
import { abroad, closed, noon, sender } from '../support/people.ts';
import { api, tokenMaker } from '../support/tokens.ts';

type Maker = Awaited<ReturnType<typeof tokenMaker>>;
let office: Maker;
let second: Maker;
let gone: Maker;
let offices: Parameters<typeof verify>[1];
beforeAll(async () => {
  [office, second, gone] = await Promise.all([
    tokenMaker(sender),
    tokenMaker(sender, 'ES256'),
    tokenMaker(closed),
  ]);
  offices = {
    [sender]: entryOf(sender, [office.jwk, second.jwk]),
    [closed]: entryOf(closed, [gone.jwk]),
  };
});
const call = { api, country: 'kr' as const, method: 'POST', path: '/v1/referrals', at: noon };
const answer = (token: string | undefined, change: Partial<typeof call> = {}) =>
  verify(token, offices, { ...call, ...change });
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each(['EdDSA', 'ES256'])('a good token (%s) tells who calls', async (alg) => {
  const token = await (alg === 'EdDSA' ? office : second).sign({}, {}, '{}');
  expect(await answer(token)).toEqual({
    office: sender,
    role: 'worker',
    sub,
    sha256: digest('{}'),
  });
});

describe('a token is refused', () => {
  const cases: [string, JWTPayload | (() => JWTPayload), string][] = [
    [
      'that has expired',
      () => ({ iat: office.seconds - 400, exp: office.seconds - 101 }),
      'token-expired',
    ],
    [
      'from the future',
      () => ({ iat: office.seconds + 120, exp: office.seconds + 300 }),
      'token-from-the-future',
    ],
    ['not valid before later', () => ({ nbf: office.seconds + 120 }), 'token-invalid'],
    [
      'that lives longer than five minutes',
      () => ({ exp: office.seconds + 301 }),
      'token-too-long',
    ],
    ['for the other country', { aud: 'https://api.other.example' }, 'token-wrong-audience'],
    ['for several', { aud: [api, 'https://api.other.example'] }, 'token-wrong-audience'],
    ['for another method', { htm: 'GET' }, 'token-wrong-call'],
    ['for another address', { htu: `${api}/v1/inbox` }, 'token-wrong-call'],
    ['for another host', { htu: 'https://api.other.example/v1/referrals' }, 'token-wrong-call'],
    ['of another role', { role: 'operator' }, 'token-wrong-role'],
    ['of nobody', { sub: 'short' }, 'token-wrong-subject'],
    ['with a name for a subject', { sub: 'Somebody with a Real Name' }, 'token-wrong-subject'],
    ['for no body', { sha256: undefined }, 'token-wrong-body'],
    ['of an unknown office', { iss: 'kr-nobody' }, 'token-unknown-office'],
    ['of an office by prototype', { iss: '__proto__' }, 'token-unknown-office'],
    ['of a constructor', { iss: 'constructor' }, 'token-unknown-office'],
  ];
  test.each(cases)('%s', async (_, change, code) => {
    const token = await office.sign(typeof change === 'function' ? change() : change);
    expect(await answer(token)).toEqual({ refused: code });
  });

  test.each(['iss', 'sub', 'aud', 'iat', 'exp', 'role', 'htm', 'htu', 'sha256'])(
    'without %s',
    async (claim) => {
      expect(await answer(await office.sign({ [claim]: undefined }))).toHaveProperty('refused');
    },
  );

  test('that is missing', async () => {
    expect(await answer(undefined)).toEqual({ refused: 'token-missing' });
  });

  test('of a suspended office', async () => {
    expect(await verify(await gone.sign(), offices, { ...call, country: 'vn' })).toEqual({
      refused: 'office-suspended',
    });
  });

  test('of an office of the other country, whose API this is not', async () => {
    const other = await tokenMaker(abroad);
    const directory = { ...offices, [abroad]: entryOf(abroad, [other.jwk]) };
    const token = await other.sign();
    expect(await verify(token, directory, call)).toEqual({ refused: 'token-wrong-country' });
    expect(await verify(token, directory, { ...call, country: 'vn' })).toHaveProperty('office');
  });

  test('with a key that the office does not have', async () => {
    const other = await tokenMaker(sender, 'EdDSA', 'another');
    expect(await answer(await other.sign())).toEqual({ refused: 'token-unknown-key' });
    expect(await answer(await office.sign({}, { kid: undefined }))).toEqual({
      refused: 'token-unknown-key',
    });
  });

  test('with a key that counts only from tomorrow on, to the second', async () => {
    const from = new Date(Date.parse(noon) + 1000).toISOString() as Instant;
    const entry = entryOf(sender, [{ ...office.jwk, from } as typeof office.jwk]);
    const token = await office.sign();
    expect(await verify(token, { [sender]: entry }, call)).toEqual({
      refused: 'token-key-not-yet',
    });
    expect(await verify(token, { [sender]: entry }, { ...call, at: from })).toHaveProperty(
      'office',
    );
  });

  test('signed by another key under the same name', async () => {
    const other = await tokenMaker(sender);
    expect(await answer(await other.sign())).toEqual({ refused: 'token-invalid' });
  });

  test('signed by another office', async () => {
    const other = await tokenMaker(closed, 'EdDSA', 'EdDSA-1');
    expect(await answer(await other.sign({ iss: sender }))).toEqual({ refused: 'token-invalid' });
  });

  test.each(['none', 'None', 'NONE'])('with algorithm %s', async (alg) => {
    const token = `${b64({ alg, kid: 'EdDSA-1' })}.${b64(office.claims())}.`;
    expect(await answer(token)).toHaveProperty('refused');
  });

  test('that takes the public key for an HMAC secret', async () => {
    const head = `${b64({ alg: 'HS256', kid: 'ES256-1' })}.${b64(office.claims())}`;
    const pem = await exportSPKI(
      (await importJWK(second.jwk, 'ES256', { extractable: true })) as never,
    );
    for (const secret of [pem, JSON.stringify(second.jwk), second.jwk.x ?? ''])
      expect(
        await answer(`${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`),
      ).toHaveProperty('refused');
  });

  test('with a key of its own in the header', async () => {
    const other = await tokenMaker(sender);
    expect(await answer(await other.sign({}, { jwk: other.jwk }))).toHaveProperty('refused');
  });

  test('whose claims were changed afterwards', async () => {
    const [head, , signature] = (await office.sign()).split('.');
    const forged = b64({ ...office.claims(), role: 'supervisor' });
    expect(await answer(`${head}.${forged}.${signature}`)).toEqual({ refused: 'token-invalid' });
  });

  test.each([
    'x',
    'x.y',
    '..',
    'x.bnVsbA.z',
    'a.W10.b',
    `${b64({})}.${b64({ iss: sender })}.`,
    '\u0000.\u0000.\u0000',
  ])('that is none: %j', async (token) => {
    expect(await answer(token)).toHaveProperty('refused');
  });

  test('in another moment than that it was made for', async () => {
    const token = await office.sign();
    const at = (seconds: number) =>
      new Date(Date.parse(noon) + seconds * 1000).toISOString() as Instant;
    expect(await answer(token, { at: at(299) })).toHaveProperty('office');
    expect(await answer(token, { at: at(301) })).toEqual({ refused: 'token-expired' });
    expect(await answer(token, { at: at(-60) })).toHaveProperty('refused');
  });

  test('for a key in the directory that is no point of its curve', async () => {
    const broken = { ...second.jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) };
    const with_ = { [sender]: entryOf(sender, [broken]) };
    expect(await verify(await second.sign(), with_, call)).toHaveProperty('refused');
  });
});
