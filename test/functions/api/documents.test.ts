import '../../support/env.ts';
import { CopyObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { documentPaths } from '../../../events/documents.ts';
import type { Office } from '../../../events/envelope.ts';
import { handler } from '../../../functions/api/documents.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { bucket } from '../../support/bucket.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { home, later, sender, stranger, worker } from '../../support/people.ts';
import { accepted, consentWithdrawn } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const sqs = mockClient(SQSClient);
let db: ReturnType<typeof tables>;
let files: ReturnType<typeof bucket>;
let kms: ReturnType<typeof keys>;
beforeEach(() => {
  sqs.reset();
  db = tables();
  files = bucket();
  kms = keys();
  seedDirectory(db);
  db.hold(served);
});
const served = log(submitted({ lines: [[home]] }), accepted({ office: home }));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const withdrawn = onward(served, consentWithdrawn(sender, 'kr3-1', ...all)).slice(-1);

const sha256 = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
const paper = { document: 3, contentType: 'application/pdf', size: 4, sha256 };
const brings = (body: object = paper, office: Office = sender) =>
  answerOf(
    handler,
    callOf(`POST ${documentPaths.bring}`, {
      ...{ who: worker(office), params: { ref }, body: JSON.stringify(body) },
    }),
  );
const confirms = (file: string, office: Office = sender) =>
  answerOf(
    handler,
    callOf(`POST ${documentPaths.confirm}`, { who: worker(office), params: { ref, file } }),
  );
const removes = (file: string, office: Office = sender) =>
  answerOf(
    handler,
    callOf(`POST ${documentPaths.remove}`, { who: worker(office), params: { ref, file } }),
  );
const id = (n = 1, document = 3) =>
  `d${document}-invented-0000000000${String(n).padStart(3, '0')}.pdf`;
const there = (n?: number, document = 3) => `documents/${ref}/${document}/${id(n, document)}`;
const waiting = (n?: number) => `unconfirmed/${ref}/3/${id(n)}`;

describe('a document is announced', () => {
  test('and gets a form for exactly these bytes, for a minute', async () => {
    const { status, body } = await brings();
    expect(status).toBe(200);
    expect(body.id).toMatch(/^d3-[A-Za-z0-9_-]{22}\.pdf$/);
    expect(body.url).toContain('documents-of-kr');
    expect(body.expires).toBe(later(1));
    const policy = JSON.parse(Buffer.from(body.fields.Policy, 'base64').toString());
    expect(policy.expiration).toBe(later(1).replace('.000', ''));
    expect(policy.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 4, 4],
        { key: `unconfirmed/${ref}/3/${body.id}` },
        { 'Content-Type': 'application/pdf' },
        { 'x-amz-checksum-algorithm': 'SHA256' },
        { 'x-amz-checksum-sha256': sha256 },
        { bucket: 'documents-of-kr' },
      ]),
    );
    expect(body.fields).toMatchObject({ 'Content-Type': 'application/pdf' });
    expect((await brings()).body.id).not.toBe(body.id);
  });

  test('and is taken away in a quarter of an hour, unless it is confirmed', async () => {
    const { body } = await brings();
    const [sent] = sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
    expect(sent).toMatchObject({ DelaySeconds: 900 });
    expect(JSON.parse(sent?.MessageBody ?? '')).toEqual({ subject: ref, unconfirmed: body.id });
  });

  test.each<[object, string]>([
    [{ ...paper, document: 0 }, '/document'],
    [{ ...paper, document: 21 }, '/document'],
    [{ ...paper, contentType: 'text/html' }, '/contentType'],
    [{ ...paper, size: 0 }, '/size'],
    [{ ...paper, size: 10 * 1024 * 1024 + 1 }, '/size'],
    [{ ...paper, sha256: sha256.slice(1) }, '/sha256'],
    [{ ...paper, name: 'INVENTED NAME.pdf' }, '/name'],
  ])('%j is refused with its field', async (body, field) => {
    expect(await brings(body)).toMatchObject({ status: 422, body: { field } });
  });

  test('by the sender alone, and not once she withdrew', async () => {
    expect(await brings(paper, stranger)).toMatchObject({ status: 404 });
    expect(await brings(paper, home)).toMatchObject({ status: 403 });
    db.hold(withdrawn);
    const { status, body } = await brings();
    expect([status, body.code, body.state.ref]).toEqual([409, 'not-allowed-now', ref]);
    expect(Array.isArray(body.allowedCommands)).toBe(true);
  });
});

describe('a document that came', () => {
  test('is taken once, and a repeat changes nothing', async () => {
    files.put(waiting());
    for (const _ of [1, 2])
      expect(await confirms(id())).toMatchObject({ status: 200, body: { id: id(), document: 3 } });
    expect(files.keys()).toEqual([there()]);
    expect(files.s3.commandCalls(CopyObjectCommand)).toHaveLength(1);
    expect(files.s3.commandCalls(CopyObjectCommand)[0]?.args[0].input).toEqual({
      ...{ Bucket: 'documents-of-kr', Key: there(), CopySource: `documents-of-kr/${waiting()}` },
    });
  });

  test('and was sent again after it was taken, does not stay behind', async () => {
    files.put(waiting());
    await confirms(id());
    files.put(waiting());
    expect((await confirms(id())).status).toBe(200);
    expect(files.keys()).toEqual([there()]);
  });

  test('must have come, under an id that was given', async () => {
    expect(await confirms(id())).toMatchObject({ status: 409, body: { code: 'not-uploaded' } });
    for (const wrong of ['d21-invented-0000000000001.pdf', 'd3-x.pdf', `${id()}/../x`])
      expect(await confirms(wrong)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('is one of ten of its paper at most', async () => {
    for (let n = 2; n <= 11; n += 1) files.put(there(n));
    files.put(waiting());
    expect(await confirms(id())).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
    files.put(there(1, 2)); // of another paper
    expect(await confirms(id(2))).toMatchObject({ status: 200 });
  });

  test('is taken from nobody else, and not once she withdrew', async () => {
    files.put(waiting());
    expect(await confirms(id(), home)).toMatchObject({ status: 403 });
    db.hold(withdrawn);
    expect(await confirms(id())).toMatchObject({ status: 409 });
    expect(files.keys()).toEqual([waiting()]);
  });

  test('and crossed her withdrawal, is not said to be taken', async () => {
    files.put(waiting());
    files.s3.on(CopyObjectCommand).callsFake(async () => {
      db.hold(withdrawn);
      return {};
    });
    expect(await confirms(id())).toMatchObject({ status: 409 });
  });

  test('and crossed her withdrawal, does not lie there for when it is refuted', async () => {
    files.put(waiting());
    files.s3.on(CopyObjectCommand).callsFake(async () => {
      files.put(there());
      db.hold(withdrawn);
      return {};
    });
    expect(await confirms(id())).toMatchObject({ status: 409 });
    expect(files.keys()).toEqual([waiting()]);
  });

  test('is taken by the first of two confirmations, and the second is told so', async () => {
    const listed = files.s3.on(ListObjectsV2Command, { Prefix: `documents/${ref}/` });
    listed.resolvesOnce({ Contents: [] }); // the first has it in a moment
    files.put(there());
    expect(await confirms(id())).toMatchObject({ status: 200, body: { id: id() } });
  });
});

describe('a document sent by mistake', () => {
  test('is taken back in every version by the sender, and a repeat changes nothing', async () => {
    for (const key of [waiting(), there(), there(), there(2)]) files.put(key);
    for (const _ of [1, 2]) expect(await removes(id())).toMatchObject({ status: 200 });
    expect(files.keys()).toEqual([there(2)]);
  });

  test('is taken back by nobody else', async () => {
    files.put(there());
    expect(await removes(id(), home)).toMatchObject({ status: 403 });
    expect(await removes(id(), stranger)).toMatchObject({ status: 404 });
    expect(files.keys()).toEqual([there()]);
  });
});

test('who announced, confirmed and took back a file stands in the audit lines', async () => {
  files.put(waiting());
  await confirms(id());
  await removes(id());
  const lines = logged
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message.startsWith('document '));
  const own = expect.stringMatching(/^[\w-]{16}$/);
  expect(lines.map(({ message, by, file }) => [message, by, file])).toEqual([
    ['document taken in', own, id()],
    ['document taken back', own, id()],
  ]);
});

test('nothing is answered while the ledger is being restored', async () => {
  vi.stubEnv('RESTORING', 'true');
  expect(await brings()).toMatchObject({ status: 503, body: { code: 'restoring' } });
  vi.unstubAllEnvs();
});

test('nothing sealed is touched, nothing written, and no address or checksum logged', async () => {
  files.put(waiting());
  await brings();
  await confirms(id());
  expect(kms.calls()).toHaveLength(0);
  expect(db.writes()).toBe(0);
  for (const hidden of [sha256, 'X-Amz', 'Policy', 'Signature'])
    expect(logged.join()).not.toContain(hidden);
});
