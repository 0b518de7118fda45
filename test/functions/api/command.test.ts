import '../../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { refOf } from '../../../shared/ids.ts';
import { commanded } from '../../support/api.ts';
import { callOf } from '../../support/aws.ts';
import { fullSubmission } from '../../support/case-file.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, moreGrants, ref, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { home, sender, union, worker } from '../../support/people.ts';
import { accepted } from '../../support/steps.ts';
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

describe('submit', () => {
  test('answers 201 with the referral, its version and what may be done', async () => {
    const { status, headers, body } = await submit();
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      etag: '"kr1.vn0"',
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    expect(body).toMatchObject({
      state: { ref: refOf(sender, key['idempotency-key']), status: 'active', sender },
      allowedCommands: [
        { command: 'withdraw', offer: 'kr1-1' },
        { command: 'record-consent' },
        { command: 'withdraw-consent' },
        { command: 'raise-safety-hold' },
        { command: 'plan-travel' },
        { command: 'amend' },
        { command: 'propose-override' },
      ],
    });
    expect(db.ledger()).toHaveLength(1);
    expect(db.ledger()[0]).toMatchObject({
      type: 'referral.submitted.v1',
      actor: sender,
      country: 'kr',
      seq: 1,
      seen: 0,
    });
  });

  test('a second time finds the first: 200, one read, no write', async () => {
    const first = await submit();
    const [reads, writes] = [db.reads(), db.writes()];
    const again = await submit();
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect([db.reads() - reads, db.writes() - writes]).toEqual([1, 0]);
  });

  test('costs one read and one write of the ledger', async () => {
    await submit();
    expect([db.reads(), db.writes()]).toEqual([1, 1]);
  });

  test('with the same key and another body is 422', async () => {
    await submit();
    const { status, body } = await submit(fullSubmission(sender, { urgency: 'urgent' }));
    expect([status, body.code]).toEqual([422, 'key-reused']);
    expect(db.ledger()).toHaveLength(1);
  });

  test.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a short one', { 'idempotency-key': 'abc' }],
    ['one with odd letters', { 'idempotency-key': 'a key that has 22 characters' }],
  ])('needs an Idempotency-Key: %s', async (_, headers) => {
    const { status, body } = await submit(fullSubmission(sender), headers);
    expect([status, body.code, db.writes()]).toEqual([422, 'key-required', 0]);
  });
});

test('a command is done once, and its repeat is 200 with the same state', async () => {
  db.hold(atHome);
  const first = await about('acknowledge', {});
  const again = await about('acknowledge');
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.etag).toBe('"kr2.vn0"');
  expect(db.ledger()).toHaveLength(2);
});

describe('refer-onward', () => {
  const served = log(
    submitted({ lines: [[home]], grants: moreGrants }),
    accepted({ office: home }),
  );
  const body = { office: union, lines: ['l1'] };

  test('is one offer for one key, and shows whom it asked', async () => {
    db.hold(served);
    const first = await about('refer-onward', body, { headers: key });
    expect([first.status, first.body.state.onward]).toEqual([
      200,
      [expect.objectContaining({ offer: 'kr3-1', office: union, status: 'requested' })],
    ]);
    const again = await about('refer-onward', body, { headers: key });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(db.ledger()).toHaveLength(3);
  });

  test('needs a key, and takes no field of whose offer it is', async () => {
    db.hold(served);
    const keyless = await about('refer-onward', body);
    const lying = await about('refer-onward', { ...body, partOf: 'kr1-2' }, { headers: key });
    expect([keyless.body.code, lying.body.code]).toEqual(['key-required', 'unknown-field']);
    expect(db.ledger()).toHaveLength(2);
  });
});

test('what was asked is logged by route, office and status alone', async () => {
  await submit();
  const text = logged.join();
  expect(text).toContain('POST /v1/referrals');
  for (const hidden of ['noticeHash', key['idempotency-key'], 'somebody-invented'])
    expect(text).not.toContain(hidden);
});
