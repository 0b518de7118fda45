import '../../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { commanded } from '../../support/api.ts';
import { callOf } from '../../support/aws.ts';
import { fullSubmission } from '../../support/case-file.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { abroad, helpline, home, sender, worker } from '../../support/people.ts';
import { declined } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  keys();
  seedDirectory(db);
});
const key = { 'idempotency-key': '7a0c1c9e-0000-4000-8000-invented0001' };
const submit = (body: object = fullSubmission(sender), headers: Record<string, string> = key) =>
  commanded(
    callOf('POST /v1/referrals', { who: worker(sender), headers, body: JSON.stringify(body) }),
  );
const atHome: Fact[] = log(submitted({ lines: [[home]] }));
const about = (command: string, body?: object, more: object = {}) =>
  commanded(
    callOf(`POST /v1/referrals/{ref}/offers/{offer}/${command}`, {
      who: worker(home),
      params: { ref, offer: 'kr1-1' },
      ...(body && { body: JSON.stringify(body) }),
      ...more,
    }),
  );

describe('a refusal is problem+json, and nothing is written', () => {
  test.each<[string, object, string, string]>([
    ['an unknown field', { override: true }, 'unknown-field', '/override'],
    ['a missing urgency', { urgency: undefined }, 'invalid-field', '/urgency'],
    ['the sender in the body', { sender: home }, 'unknown-field', '/sender'],
    ['no case file', { caseFile: undefined }, 'invalid-field', '/caseFile'],
    [
      'content of another form',
      { caseFile: { name: 'Invented' } },
      'unknown-field',
      '/caseFile/name',
    ],
  ])('%s', async (_, change, code, field) => {
    const { status, headers, body, text } = await submit(fullSubmission(sender, change));
    expect(headers['content-type']).toBe('application/problem+json');
    expect([status, body]).toEqual([
      422,
      {
        type: `urn:referrals:problem:${code}`,
        title: expect.any(String),
        status: 422,
        code,
        field,
      },
    ]);
    expect(text).not.toContain('Invented');
    expect(db.writes()).toBe(0);
  });

  test.each<[string, number, string, () => ReturnType<typeof about>]>([
    [
      'a body that is no JSON',
      400,
      'not-json',
      () => about('acknowledge', undefined, { body: '{' }),
    ],
    [
      'a body of more than 256 KB',
      413,
      'too-large',
      () => about('acknowledge', { a: 'x'.repeat(262_144) }),
    ],
    [
      'an unknown referral',
      404,
      'not-found',
      () => about('acknowledge', {}, { params: { ref: `${ref.slice(0, -1)}X`, offer: 'kr1-1' } }),
    ],
    [
      'something that is no referral',
      404,
      'not-found',
      () => about('acknowledge', {}, { params: { ref: '../x', offer: 'kr1-1' } }),
    ],
    [
      'something that is no offer',
      404,
      'not-found',
      () => about('acknowledge', {}, { params: { ref, offer: 'x' } }),
    ],
    [
      'someone else’s referral',
      404,
      'not-found',
      () => about('acknowledge', {}, { who: worker(helpline) }),
    ],
    [
      'a wrong party',
      403,
      'not-yours-to-do',
      () => about('accept', { lines: ['l1'] }, { who: worker(sender) }),
    ],
    [
      'an office of the other country',
      403,
      'not-yours-to-do',
      () => about('acknowledge', {}, { who: worker(abroad) }),
    ],
  ])('%s is %i', async (_, status, code, call) => {
    db.hold(atHome);
    const answer = await call();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect([db.writes(), answer.body.status]).toEqual([0, answer.status]);
  });

  test('somebody else’s referral and one that never was look the same, byte for byte', async () => {
    db.hold(atHome);
    const other = { ref: `${ref.slice(0, -1)}X`, offer: 'kr1-1' };
    for (const headers of [{}, { 'if-match': '"kr0.vn0"' }, { 'if-match': '"kr1.vn0"' }]) {
      const there = await about('acknowledge', {}, { who: worker(helpline), headers });
      const never = await about(
        'acknowledge',
        {},
        { who: worker(helpline), headers, params: other },
      );
      expect([there.status, there.text, there.headers]).toEqual([404, never.text, never.headers]);
    }
  });

  test('a wrong time is 409, with the state and what may be done now', async () => {
    db.hold(onward(atHome, declined({ office: home })));
    const { status, body } = await about('accept', { lines: ['l1'] });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'not-allowed-now',
      state: { ref, offers: [{ status: 'rejected' }] },
      allowedCommands: [
        { command: 'record-consent' },
        { command: 'withdraw-consent' },
        { command: 'raise-safety-hold' },
      ],
    });
  });

  test('an old version is 412', async () => {
    db.hold(atHome);
    const { status, body } = await about(
      'acknowledge',
      {},
      { headers: { 'if-match': '"kr0.vn0"' } },
    );
    expect([status, body.code]).toEqual([412, 'changed-meanwhile']);
  });
});

test('what fails here is a bare 500: nothing of it is told, and no body is logged', async () => {
  db.dynamo.reset();
  db.dynamo.rejects(new Error('the item {"name":"Invented"} is odd'));
  const { status, body } = await submit(fullSubmission(sender));
  expect(status).toBe(500);
  expect(body).toEqual({
    type: 'urn:referrals:problem:internal-error',
    title: 'Something failed here',
    status: 500,
    code: 'internal-error',
  });
  expect(logged.join()).not.toContain('Invented');
  expect(logged.join()).not.toContain('noticeHash');
});
