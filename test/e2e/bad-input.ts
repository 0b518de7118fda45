import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import type { Demo } from '../../infra/local/demo.ts';
import { freshOffice, type OneCall, tokenFor } from '../../infra/local/demo-office.ts';
import { submission } from '../../infra/local/walk.ts';
import { agree, type Given, itemsIn, post, sent } from './support.ts';

const path = '/v1/referrals';
const body = JSON.stringify(submission());
const thisCall = { method: 'POST', path, body };

const officeOf = ({ offices }: Demo, name: string) => {
  const office = offices[name];
  if (!office) throw new Error(`${name} has no keys`);
  return office;
};

/** Sends this call with a token that may be for another. */
const sendWith = async ({ network }: Demo, token: string | undefined, call: OneCall = thisCall) => {
  const answer = await fetch(`${network.countries.kr.apiUrl}${call.path}`, {
    method: call.method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    ...(call.body && { body: call.body }),
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const { status, code, field } = await answer.json();
  return [status, code, field];
};

const expired = async (demo: Demo): Promise<string> => {
  const { office, kid, alg, privateKey, sub } = officeOf(demo, 'kr-danuri');
  const { apiUrl } = demo.network.countries.kr;
  const ago = Math.floor(Date.now() / 1000) - 600;
  return new SignJWT({ role: 'worker', htm: 'POST', htu: `${apiUrl}${path}`, sha256: 'x' })
    .setProtectedHeader({ alg, kid })
    .setIssuer(office)
    .setSubject(sub)
    .setAudience(apiUrl)
    .setIssuedAt(ago)
    .setExpirationTime(ago + 300)
    .sign(await importJWK(privateKey, alg));
};

export const badInput = (given: Given) => {
  test('each refused token gets its own answer, and nothing is written', async () => {
    const demo = given();
    const { kr, vn } = demo.network.countries;
    const danuri = officeOf(demo, 'kr-danuri');
    const before = await itemsIn(demo);
    const answers = [
      await sendWith(demo, undefined),
      await sendWith(demo, await expired(demo)),
      await sendWith(demo, await tokenFor(danuri, vn, thisCall)),
      await sendWith(demo, await tokenFor(danuri, kr, { ...thisCall, path: '/v1/sent' })),
      await sendWith(demo, await tokenFor(danuri, kr, { ...thisCall, body: '{}' })),
      await sendWith(demo, await tokenFor(freshOffice('kr-nobody'), kr, thisCall)),
      await sendWith(
        demo,
        await tokenFor({ ...freshOffice('kr-danuri'), kid: danuri.kid }, kr, thisCall),
      ),
    ];
    expect(answers.map(([status]) => status)).toEqual(Array(7).fill(401));
    expect(answers.map(([, code]) => code)).toEqual([
      'token-missing',
      'token-expired',
      'token-wrong-audience',
      'token-wrong-call',
      'token-wrong-body',
      'token-unknown-office',
      'token-invalid',
    ]);
    expect(await itemsIn(demo)).toBe(before);
  });

  test('each bad body is refused with the field that is wrong, and nothing is written', async () => {
    const demo = given();
    const danuri = officeOf(demo, 'kr-danuri');
    const before = await itemsIn(demo);
    const { urgency: _, ...withoutUrgency } = submission();
    const bodies = [
      { ...submission(), override: true },
      { ...submission(), caseFile: {} },
      withoutUrgency,
      submission('kr-danuri', ['vn-nobody']),
      { ...submission(), urgency: 'emergency' },
      { ...submission(), reach: 'vn' },
    ];
    const answers = [];
    for (const bad of bodies) {
      const call = { ...thisCall, body: JSON.stringify(bad) };
      answers.push(
        await sendWith(demo, await tokenFor(danuri, demo.network.countries.kr, call), call),
      );
    }
    expect(answers).toEqual([
      [422, 'unknown-field', '/override'],
      [422, 'invalid-field', '/caseFile/summary'],
      [422, 'invalid-field', '/urgency'],
      [422, 'office-unavailable', '/lines/0/offices/0'],
      [422, 'invalid-field', '/handOver'],
      [422, 'invalid-field', '/reach'],
    ]);
    expect(await itemsIn(demo)).toBe(before);
  });

  test('an unknown path is 404, and an illegal command 409 with the state and what may be done', async () => {
    const demo = given();
    const unknown = await demo.call('kr-danuri', { method: 'GET', path: '/v1/nothing' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const { ref, offer, etag } = await sent(demo);
    await agree(demo, ref, etag, ['kr-danuri', 'vn-osso-can-tho']);
    const started = await post(
      demo,
      'vn-osso-can-tho',
      `${path}/${ref}/offers/${offer}/start-service`,
    );
    expect(started).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } });
    expect(started.body.state.offers[0].status).toBe('requested');
    expect(started.body.allowedCommands).toEqual([
      { command: 'acknowledge', offer },
      { command: 'request-information', offer },
      { command: 'accept', offer },
      { command: 'decline', offer },
      { command: 'record-consent' },
      { command: 'withdraw-consent' },
      { command: 'raise-safety-hold' },
      { command: 'plan-travel' },
    ]);
  });
};
