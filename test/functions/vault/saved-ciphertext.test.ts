import '../../support/env.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DecryptCommand } from '@aws-sdk/client-kms';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { handler as isOverdue } from '../../../functions/border/arrival-overdue.ts';
import { handler as gate } from '../../../functions/border/disclose.ts';
import { handler as erase } from '../../../functions/vault/erase.ts';
import { digest } from '../../../shared/ids.ts';
import { vaultOf } from '../../../shared/vault/opened.ts';
import {
  asks,
  codeOf,
  db,
  goesOn,
  kms,
  passed,
  progressOf,
  ref,
  seconds,
  there,
  tokens,
} from '../../support/at-the-gate.ts';
import { answerOf, callOf, queueOf } from '../../support/aws.ts';
import { abroad, sender, worker } from '../../support/people.ts';
import { accepted, consentWithdrawn } from '../../support/steps.ts';

// Somebody kept a copy of what was sealed before it was erased, and puts it back.

const sqs = mockClient(SQSClient);
const known = { kr: 2, vn: 1 };
const decrypts = () => kms.commandCalls(DecryptCommand).length;

/** Each way in which the product opens anything: the case file for each who may have read it, and two doors of one question. */
const opens: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
  'the sender': async (n) =>
    codeOf(await asks(sender, { known, key: `the-sender-asks-here-${n}` })),
  'the office that served her': async (n) =>
    codeOf(await asks(abroad, { known, key: `the-office-asks-here-${n}` })),
  'a supervisor who checks': async (n) =>
    codeOf(
      await asks(sender, {
        ...{ known, key: `a-supervisor-checks-${n}`, body: JSON.stringify({ check: true }) },
        claims: { role: 'supervisor' },
      }),
    ),
  'a channel': async () => {
    const body = JSON.stringify({ kind: 'contact-attempted', channel: 'messenger' });
    const call = { aud: there, htu: progressOf(there), sha256: digest(body) };
    const times = { iat: seconds(), exp: seconds() + 300 };
    const token = await tokens[abroad]?.sign({ ...times, ...call }, {}, body);
    const answer = await gate({
      ask: 'channel',
      from: 'vn',
      ref,
      offer: 'kr1-1',
      body,
      token,
      known,
    });
    return 'refused' in answer ? answer.refused.code : 'answered';
  },
  'whether she is overdue': async () => {
    const before = decrypts();
    const { overdue } = await isOverdue({ ask: 'arrival-overdue', ref, plan: 'kr2-1' });
    return overdue || decrypts() > before ? 'answered' : 'access-closed';
  },
};

const content = () => [...db.items].filter(([key]) => /^(vault|keys) /.test(key));
const TOMBSTONE = `keys ${ref} keys`;
let saved: ReturnType<typeof content>;

beforeEach(async () => {
  sqs.on(SendMessageCommand).resolves({});
  const planned = await answerOf(
    seals,
    callOf('POST /v1/referrals/{ref}/plan-travel', {
      who: worker(sender),
      params: { ref },
      headers: { 'idempotency-key': 'another-key-of-22-chars' },
      body: JSON.stringify({ date: '2026-12-01' }),
    }),
  );
  expect(planned.status).toBe(200);
  goesOn(accepted({ offer: 'kr1-1' }));
  passed(15 * 24 * 60);
  saved = structuredClone(content());
});
/** She withdrew everything, it was confirmed, and it is erased. */
const erased = async () => {
  goesOn(consentWithdrawn(sender, 'kr3-1', 'kr1-1', 'kr1-2'), {
    type: 'consent.withdrawal-confirmed.v1',
    actor: 'kr:system',
    data: { offices: [sender, abroad], withdrawals: ['kr3-1'], destroyed: true },
  });
  await erase(queueOf({ subject: ref }));
  expect(content().map(([key]) => key)).toEqual([TOMBSTONE]);
  expect(db.ledger().map(({ type }) => type)).toContain('content.erased.v1');
};
const putsBack = (which: RegExp) => {
  for (const [key, item] of saved) if (which.test(key)) db.items.set(key, item);
};

test.each(Object.keys(opens))('before, it opens: %s', async (who) => {
  expect(saved.length).toBeGreaterThan(10);
  expect(await opens[who]?.(0)).toMatch(/^(disclosed|answered)$/);
  expect(decrypts()).toBeGreaterThan(0);
});

test.each([
  ['with what was erased', /^none/],
  ['with the ciphertext put back, and the tombstone in the place of its keys', /^vault /],
  ['with the ciphertext and its wrapped keys put back', /^(vault|keys) /],
])('after erasure nothing opens it, and no key is asked for: %s', async (_, which) => {
  await erased();
  const before = decrypts();
  putsBack(which);
  for (const [i, [who, open]] of Object.entries(opens).entries())
    expect([who, await open(i)]).toEqual([who, 'access-closed']);
  expect(decrypts()).toBe(before);
});

test('the tombstone alone closes it, whatever the ledger says', async () => {
  await erased();
  putsBack(/^vault /);
  const tables = { vault: 'vault', keys: 'keys' };
  const asked: unknown[] = [];
  const unwrap = async (...of: unknown[]) => {
    asked.push(of);
    return new Uint8Array(32);
  };
  const opening = vaultOf({ country: 'kr', client: new DynamoDBClient({}), tables, unwrap }, ref);
  await expect(opening).rejects.toMatchObject({ code: 'access-closed' });
  expect(asked).toEqual([]);
});

test('what was put back with its keys is destroyed again, when it is asked for', async () => {
  await erased();
  putsBack(/^(vault|keys) /);
  await erase(queueOf({ subject: ref }));
  expect(content().map(([key]) => key)).toEqual([TOMBSTONE]);
});
