import '../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../functions/api/sealed-command.ts';
import { answerOf, callOf } from '../support/aws.ts';
import { fullSubmission } from '../support/case-file.ts';
import { seedDirectory } from '../support/directory.ts';
import { keys } from '../support/kms.ts';
import { sender, worker } from '../support/people.ts';
import { tables } from '../support/tables.ts';

// A line of the table in lifecycle.md, "Complaints about other systems": a double click made two referrals.

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  keys();
  seedDirectory(db);
});

const key = (n: number) => `7a0c1c9e-0000-4000-8000-invented000${n}`;
const workers = { one: worker(sender), another: worker(sender, 'supervisor') };
const submit = (who: keyof typeof workers, n: number, more: object = {}) =>
  answerOf(
    handler,
    callOf('POST /v1/referrals', {
      who: workers[who],
      headers: { 'idempotency-key': key(n) },
      body: JSON.stringify(fullSubmission(sender, more)),
    }),
  );
const submissions = () => db.ledger().filter(({ type }) => type === 'referral.submitted.v1');

describe('the same submit twice, by two workers of one office: one open referral', () => {
  test('with the same key, the second is told of the first', async () => {
    const first = await submit('one', 1);
    const second = await submit('another', 1);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.state.ref).toBe(first.body.state.ref);
    expect(submissions()).toHaveLength(1);
  });

  test('with another key, the second is refused with the reference of the first', async () => {
    const first = await submit('one', 1);
    const { status, body } = await submit('another', 2);
    expect([status, body.code, body.referral]).toEqual([409, 'duplicate', first.body.state.ref]);
    expect(submissions()).toHaveLength(1);
  });

  test.each([
    ['the same key', 1],
    ['another key', 2],
  ])('both in one moment, with %s', async (_, n) => {
    const answers = await Promise.all([submit('one', 1), submit('another', n)]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual(n === 1 ? [200, 201] : [201, 409]);
    expect(submissions()).toHaveLength(1);
  });

  test('or an explicit duplicate reason', async () => {
    await submit('one', 1);
    expect((await submit('another', 2, { duplicate: 'new-need' })).status).toBe(201);
    expect(submissions()).toHaveLength(2);
  });
});
