import './env.ts';
import { compactDecrypt, exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import { handler as seals } from '../../functions/api/sealed-command.ts';
import { handler } from '../../functions/border/disclose.ts';
import { digest, refOf } from '../../shared/ids.ts';
import { answerOf, callOf } from './aws.ts';
import { bucket } from './bucket.ts';
import { fullSubmission } from './case-file.ts';
import { seedDirectory } from './directory.ts';
import { onward, type Step } from './facts.ts';
import { keys } from './kms.ts';
import { abroad, home, later, noon, sender, stranger, union, worker } from './people.ts';
import { tables } from './tables.ts';
import { api, tokenMaker } from './tokens.ts';

// A referral that was submitted in Korea with its case file, before each test, and the gate there.

export const there = 'https://api.there.example';
export const key = '7a0c1c9e-0000-4000-8000-invented0001';
export const ref = refOf(sender, key);
export const path = `/v1/referrals/${ref}/case-file/disclosures`;
export const progressOf = (address: string) =>
  `${address}/v1/referrals/${ref}/offers/kr1-1/report-progress`;

export let tokens: Record<string, Awaited<ReturnType<typeof tokenMaker>>>;
let forAbroad: Awaited<ReturnType<typeof generateKeyPair>>;
let encryption: JWK;
beforeAll(async () => {
  const offices = [sender, abroad, union, home, stranger];
  const made = offices.map(async (office) => [office, await tokenMaker(office)] as const);
  tokens = Object.fromEntries(await Promise.all(made));
  forAbroad = await generateKeyPair('ECDH-ES', { extractable: true });
  encryption = { ...(await exportJWK(forAbroad.publicKey)), kid: 'enc-1', use: 'enc' };
});

export let db: ReturnType<typeof tables>;
export let kms: ReturnType<typeof keys>;
export let files: ReturnType<typeof bucket>;
/** Since noon; it never goes back, as the copy of the directory would. */
let minutes = 0;
/** So many minutes later. */
export const passed = (more: number) => {
  minutes += more;
  vi.setSystemTime(Date.parse(later(minutes)));
};
beforeEach(async () => {
  db = tables();
  kms = keys();
  files = bucket();
  // The copy of the directory is older than 60 s in each test.
  passed(2);
  seedDirectory(db, 'kr', {
    ...Object.fromEntries(Object.entries(tokens).map(([office, { jwk }]) => [office, [jwk]])),
    ...Object.fromEntries(
      [abroad, union].map((office) => [office, [tokens[office]?.jwk as JWK, encryption]]),
    ),
  });
  db.items.set('ledger border heartbeat', {
    ...{ sentAt: { S: noon }, receivedAt: { S: noon }, api: { S: there } },
  });
  const submitted = await answerOf(
    seals,
    callOf('POST /v1/referrals', {
      who: worker(sender),
      headers: { 'idempotency-key': key },
      body: JSON.stringify(fullSubmission(sender)),
    }),
  );
  expect(submitted.status).toBe(201);
});

/** Seconds of the clock, as tokens name them. */
export const seconds = () => Date.parse(later(minutes)) / 1000;

/** The log goes on, as the border would bring it. */
export const goesOn = (...steps: readonly Step[]) => {
  const before = db.ledger();
  const facts = onward(before, ...steps)
    .slice(before.length)
    .map(
      (fact): Fact => ({
        ...fact,
        subject: ref,
        id: `${ref}/${fact.country}/${fact.seq}`,
      }),
    );
  db.hold(facts);
};

export type Change = {
  body?: string;
  key?: string;
  from?: Country;
  known?: object;
  claims?: object;
};
export const asks = async (office: Office, change: Change = {}) => {
  const { body = '', from = office.startsWith('kr') ? 'kr' : 'vn', claims = {} } = change;
  const address = from === 'kr' ? api : there;
  const times = { iat: seconds(), exp: seconds() + 300 };
  const call = { aud: address, htu: `${address}${path}`, sha256: digest(body) };
  const token = await tokens[office]?.sign({ ...times, ...call, ...claims }, {}, body);
  return handler({
    ...{ ask: 'case-file', from, ref, body, token },
    key: change.key ?? 'a-key-of-22-characters-1',
    known: change.known ?? { kr: 1, vn: 0 },
  });
};
export const codeOf = (answer: Awaited<ReturnType<typeof asks>>) =>
  'refused' in answer ? answer.refused.code : 'disclosed';
export const contentOf = async (answer: Awaited<ReturnType<typeof asks>>) => {
  if ('refused' in answer) throw new Error(answer.refused.code);
  if ('content' in answer) return answer.content;
  if ('allowed' in answer) throw new Error('it answered another question');
  const { plaintext } = await compactDecrypt(answer.jwe, forAbroad.privateKey);
  return JSON.parse(Buffer.from(plaintext).toString()).content;
};
