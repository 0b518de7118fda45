import '../../support/env.ts';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/border/reconcile.ts';
import { logged } from '../../support/env.ts';
import { later } from '../../support/people.ts';
import { subjectNo, threeFacts } from '../../support/subjects.ts';
import { tables } from '../../support/tables.ts';

const PEER = 'arn:aws:lambda:ap-southeast-1:222222222222:function:referrals-vn-reconcile:peer';
Object.assign(process.env, {
  PEER,
  AWS_LAMBDA_FUNCTION_NAME: 'referrals-kr-reconcile',
  POWERTOOLS_METRICS_DISABLED: 'false', // a laptop's mode would switch them off
});

const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
let db: ReturnType<typeof tables>;
const nothing = { toPeer: 0, toBus: 0, putBack: 0 };
const payload = (answer: unknown) => ({ Payload: Buffer.from(JSON.stringify(answer)) as never });

/** What the peer's function answers, by what it is asked. */
const peerSays = (answers: Record<string, unknown>) =>
  lambda.on(InvokeCommand).callsFake(async ({ Payload }) => {
    const { ask } = JSON.parse(String(Payload));
    return ask ? payload(answers[ask]) : {};
  });
const asked = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => ({
    ...input,
    Payload: JSON.parse(String(input.Payload)),
  }));
const published = () =>
  events.commandCalls(PutEventsCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);

/** A country's ledger as one page of the first part; the other parts are empty. */
const scanned = () =>
  db.dynamo.on(ScanCommand).callsFake(async ({ Segment }) => ({
    Items:
      Segment === 0
        ? [...db.items].filter(([key]) => key.startsWith('ledger ')).map(([, item]) => item)
        : [],
  }));

const call = (event: object, { door = '', left = 900_000 } = {}) =>
  handler(event, {
    invokedFunctionArn: `arn:aws:lambda:ap-northeast-2:111111111111:function:referrals-kr-reconcile${door}`,
    getRemainingTimeInMillis: () => left,
  } as Context);

const [first, second, third] = threeFacts(1);
beforeEach(() => {
  events.reset();
  lambda.reset();
  db = tables();
  scanned();
  events.on(PutEventsCommand).callsFake(async ({ Entries }) => ({
    FailedEntryCount: 0,
    Entries: Entries.map(() => ({ EventId: 'x' })),
  }));
  vi.setSystemTime(Date.parse(later(25 * 60)));
});
afterEach(() => vi.unstubAllEnvs());

const seen = (subject: string, kr: number[], vn: number[]) =>
  db.items.set(`views ${subject} seen`, {
    pk: { S: subject },
    sk: { S: 'seen' },
    ...(kr.length > 0 && { kr: { NS: kr.map(String) } }),
    ...(vn.length > 0 && { vn: { NS: vn.map(String) } }),
  });

describe('a run', () => {
  const theirHalf = { toPeer: 2, toBus: 0, silent: false };

  test('publishes what the peer lacks, has the peer do its half, and counts both', async () => {
    db.hold([first, second, third]);
    seen(first.subject, [1], [1, 2]);
    peerSays({ counts: {}, page: theirHalf });
    const ran = await call({ all: true });
    expect(ran).toEqual({
      ours: { ...nothing, toPeer: 1 },
      theirs: { ...nothing, toPeer: 8 }, // a page for each part of the scan
      silent: false,
    });
    expect(published()).toEqual([
      {
        EventBusName: 'bus',
        Source: 'referrals.kr',
        DetailType: first.type,
        Detail: JSON.stringify(first),
      },
    ]);
    const [counts, ...pages] = asked();
    expect(counts).toMatchObject({
      FunctionName: PEER,
      Payload: { ask: 'counts', subjects: [first.subject] },
    });
    const inOrder = pages.map(({ Payload }) => Payload).toSorted((a, b) => a.segment - b.segment);
    expect(inOrder).toEqual(
      [0, 1, 2, 3].map((segment) => ({ ask: 'page', all: true, minAgeSeconds: 86400, segment })),
    );
    expect(logged.join()).toContain('"FactsRepairedToPeer":1');
    expect(logged.join()).not.toContain('FactsRepairedToBus');
  });

  test('without a word looks at what was touched in the last 26 hours, hour by hour', async () => {
    db.hold([first, second, third]);
    db.items.set(`views touched#2026-11-23T03 ${first.subject}`, {
      pk: { S: 'touched#2026-11-23T03' },
      sk: { S: first.subject },
    });
    peerSays({ counts: { [first.subject]: { kr: 1, vn: 2 } }, page: theirHalf });
    await call({ alone: true });
    expect(asked().map(({ Payload }) => Payload)).toEqual([
      { ask: 'counts', subjects: [first.subject] },
    ]);
    expect(published()).toEqual([]);
    expect(db.dynamo.commandCalls(ScanCommand)).toEqual([]);
    // 27 hours of the index, and the one subject.
    expect(db.reads()).toBe(28);
  });

  test('publishes again what our own bus never carried, and says so by itself', async () => {
    db.hold([first, second, third]);
    seen(first.subject, [1], [2]);
    peerSays({ counts: { [first.subject]: { kr: 1, vn: 2 } } });
    const ran = await call({ all: true, alone: true });
    expect(ran).toMatchObject({ ours: { ...nothing, toBus: 1 } });
    expect(published().map(({ Source, Detail }) => [Source, Detail])).toEqual([
      ['referrals.vn', JSON.stringify(second)],
    ]);
    expect(logged.join()).toContain('"FactsRepairedToBus":1');
  });

  test('short of time gives back where to go on, or goes on by itself where nobody waits', async () => {
    db.hold([first]);
    seen(first.subject, [1], []);
    peerSays({ counts: { [first.subject]: { kr: 1, vn: 0 } }, page: theirHalf });
    const ran = await call({ all: true }, { left: 1000 });
    const theirs = [0, 1, 2, 3].map((segment) => ({ side: 'theirs', segment }));
    expect(ran).toMatchObject({ next: theirs });
    lambda.resetHistory();
    await call({ all: true, goOn: true }, { left: 1000 });
    const again = asked().filter(({ InvocationType }) => InvocationType === 'Event');
    expect(again).toEqual([
      {
        FunctionName: 'referrals-kr-reconcile',
        InvocationType: 'Event',
        Payload: {
          ...{ all: true, minAgeSeconds: 86400, alone: false, goOn: true },
          ...{ from: theirs, silent: false },
        },
      },
    ]);
  });

  test('whose peer does not answer fails where nobody waits, and is told by hand; domestic facts are not left behind', async () => {
    db.hold([first, ...threeFacts(2, 'kr').slice(0, 1)]);
    seen(first.subject, [1], []);
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled' });
    const ran = await call({ all: true });
    expect(ran).toMatchObject({ silent: true, ours: { ...nothing, toBus: 1 } });
    expect(published()).toHaveLength(1);
    await expect(call({ all: true, goOn: true })).rejects.toThrow('did not answer');
  });

  test.each([{ evil: true }, { minAgeSeconds: -1 }, { subject: 'nobody' }])(
    'is not started by %j',
    async (event) => {
      await expect(call(event)).rejects.toThrow();
    },
  );
});

describe('at the peer’s door', () => {
  const ask = (question: object) => call(question, { door: ':peer' });

  test('counts are told of reach both alone', async () => {
    const domestic = threeFacts(2, 'kr')[0];
    db.hold([first, second, third, domestic]);
    const subjects = [first.subject, domestic.subject, subjectNo(9)];
    expect(await ask({ ask: 'counts', subjects })).toEqual({ [first.subject]: { kr: 1, vn: 2 } });
  });

  test('heads and copies are told of reach both alone, copies as they stand and causes first', async () => {
    const domestic = threeFacts(2, 'kr');
    db.hold([third, second, first, ...domestic]);
    const { heads } = (await ask({ ask: 'heads', segment: 0 })) as { heads: object[] };
    expect(heads).toEqual([{ subject: first.subject, reach: 'both', counts: { kr: 1, vn: 2 } }]);
    const copies = (subject: string, after = { kr: 0, vn: 0 }) =>
      ask({ ask: 'copies', subject, after });
    const texts = [first, second, third].map((fact: Fact) => JSON.stringify(fact));
    expect(await copies(first.subject)).toEqual(texts);
    expect(await copies(first.subject, { kr: 1, vn: 1 })).toEqual(texts.slice(2));
    expect(await copies(domestic[0].subject)).toEqual([]);
  });

  test('our half is done when it asks for it', async () => {
    db.hold([first]);
    seen(first.subject, [1], []);
    peerSays({ counts: {} });
    const done = await ask({ ask: 'page', all: true, minAgeSeconds: 0, segment: 0 });
    expect(done).toEqual({ toPeer: 1, toBus: 0, silent: false });
    expect(logged.join()).toContain('"FactsRepairedToPeer":1');
  });

  test('no run is started, and nothing else is understood', async () => {
    await expect(ask({ all: true })).rejects.toThrow();
    await expect(ask({ ask: 'secrets' })).rejects.toThrow();
    await expect(ask({ ask: 'heads', segment: 4 })).rejects.toThrow();
  });
});

test('what came by the bus is kept as numbers, and the subject under its hour for two days', async () => {
  const { touchedIn } = await import('../../../shared/touched.ts');
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  await touchedIn(new DynamoDBClient({}), 'views').touch(second, later(10));
  expect(db.items.get(`views touched#2026-11-23T03 ${second.subject}`)).toEqual({
    pk: { S: 'touched#2026-11-23T03' },
    sk: { S: second.subject },
    expires: { N: String(Date.parse(later(10)) / 1000 + 48 * 3600) },
  });
  const [update] = db.dynamo.commandCalls(UpdateItemCommand);
  expect(update?.args[0].input).toMatchObject({
    Key: { pk: { S: second.subject }, sk: { S: 'seen' } },
    UpdateExpression: 'ADD #country :seq',
    ExpressionAttributeNames: { '#country': 'vn' },
    ExpressionAttributeValues: { ':seq': { NS: ['1'] } },
  });
});
