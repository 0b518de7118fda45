import '../../support/env.ts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import { handler } from '../../../functions/api/case-file.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { seedDirectory } from '../../support/directory.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { abroad, home, sender, stranger, worker } from '../../support/people.ts';
import {
  accepted,
  asked,
  consentWithdrawn,
  contentErased,
  declined,
  disclosed,
  erasureConfirmed,
  reportGiven,
} from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const lambda = mockClient(LambdaClient);
let db: ReturnType<typeof tables>;
const answers = (payload: object, other: (gate: string) => object | undefined = () => undefined) =>
  lambda.on(InvokeCommand).callsFake(({ FunctionName: gate }) => ({
    Payload: Buffer.from(JSON.stringify(other(gate) ?? payload)),
    StatusCode: 200,
  }));
beforeEach(() => {
  db = tables();
  seedDirectory(db);
  lambda.reset();
  answers({ content: { summary: { language: 'vi' } } });
});

const served: Fact[] = log(submitted({ lines: [[home], [abroad]] }), accepted({ office: home }));
const headers = { 'idempotency-key': 'a-key-of-22-characters-1', authorization: 'Bearer a.b.c' };
const asks = (office: Office, more: object = {}) =>
  answerOf(
    handler,
    callOf('POST /v1/referrals/{ref}/case-file/disclosures', {
      who: worker(office),
      params: { ref },
      headers,
      ...more,
    }),
  );
const questions = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => ({
    gate: input.FunctionName,
    ...JSON.parse(`${input.Payload}`),
  }));

test('hands the worker’s own token to the gate of the origin, with what is known here', async () => {
  db.hold(served);
  const { status, body } = await asks(home);
  expect([status, body]).toEqual([
    200,
    { ref, parts: [{ country: 'kr', content: { summary: { language: 'vi' } } }] },
  ]);
  expect(questions()).toEqual([
    {
      gate: 'arn:aws:lambda:ap-northeast-2:123456789012:function:referrals-kr-gate',
      ask: 'case-file',
      from: 'kr',
      ref,
      token: 'a.b.c',
      body: '',
      key: headers['idempotency-key'],
      known: { kr: 2, vn: 0 },
    },
  ]);
});

test('gives on what the gate refuses, and says to come again when it does not answer', async () => {
  db.hold(served);
  answers({ refused: { code: 'not-yet-here', status: 503, message: 'Try again', more: {} } });
  const refused = await asks(home);
  expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([
    503,
    'not-yet-here',
    '2',
  ]);
  for (const broken of [{ a: 1 }, { content: 'text' }]) {
    answers(broken);
    expect(await asks(home)).toMatchObject({ status: 503, body: { code: 'gate-unreachable' } });
  }
  lambda.on(InvokeCommand).rejects(new Error('no line'));
  expect(await asks(home)).toMatchObject({ status: 503, body: { code: 'gate-unreachable' } });
});

describe('where both countries hold something', () => {
  const both: Fact[] = log(
    submitted({ lines: [[abroad]] }),
    ...[asked({ office: abroad }), declined({ office: abroad })],
  );
  const says = (own: object, peers: object) => {
    lambda.on(InvokeCommand).callsFake(async ({ FunctionName }) => ({
      Payload: Buffer.from(JSON.stringify(`${FunctionName}`.includes('-vn-') ? peers : own)),
    }));
    db.hold(both);
    return asks(sender);
  };
  const content = { content: { summary: { language: 'vi' } } };
  const refused = (code: string, status: number) => ({
    refused: { code, status, message: 'No', more: {} },
  });

  test('the parts of both are given', async () => {
    const { body } = await says(content, { jwe: 'a.b.c.d.e' });
    expect(body.parts).toEqual([
      { country: 'kr', ...content },
      { country: 'vn', jwe: 'a.b.c.d.e' },
    ]);
  });

  test.each([
    ['not-yet-here', 503],
    ['no-encryption-key', 409],
    ['key-reused', 422],
  ])(
    'what the other cannot give now (%s) is said, and takes nothing from what is there',
    async (code, status) => {
      const answer = await says(content, refused(code, status));
      expect([answer.status, answer.body.parts]).toEqual([
        200,
        [
          { country: 'kr', ...content },
          { country: 'vn', refused: code },
        ],
      ]);
    },
  );

  test('one that is closed is left out, and both closed are a refusal', async () => {
    const closed = refused('access-closed', 403);
    expect((await says(content, closed)).body.parts).toEqual([{ country: 'kr', ...content }]);
    expect((await says(closed, content)).body.parts).toEqual([{ country: 'vn', ...content }]);
    expect(await says(closed, closed)).toMatchObject({ status: 403 });
  });

  test('one that is closed is no answer for the other, which is late', async () => {
    const { status, body } = await says(
      refused('access-closed', 403),
      refused('not-yet-here', 503),
    );
    expect([status, body.parts]).toEqual([200, [{ country: 'vn', refused: 'not-yet-here' }]]);
  });

  test('while the origin is late, the other is not even asked: what it recorded as read would be thrown away', async () => {
    const late = await says(refused('not-yet-here', 503), content);
    expect([late.status, late.body.code]).toEqual([503, 'not-yet-here']);
    expect(questions().map(({ gate }) => gate.includes('-vn-'))).toEqual([false]);
  });
});

describe('under which laws offices keep copies', () => {
  const kept = (office: Office, is = true) => {
    const step = erasureConfirmed(office);
    return { ...step, data: { ...step.data, destroyed: false, kept: is } };
  };
  const erased: Fact[] = log(
    submitted({ lines: [[home], [abroad]] }),
    ...[disclosed(home), disclosed(abroad), contentErased('kr'), reportGiven(sender)],
  );
  const supervisor = {
    ...{ who: worker(sender, 'supervisor'), params: { ref }, headers },
    body: '{"receipts":true}',
  };

  test.each<[string, readonly Fact[], string[]]>([
    ['both countries', onward(erased, kept(home), kept(abroad)), ['kr', 'vn']],
    ['the origin alone', onward(erased, kept(home), kept(abroad, false)), ['kr']],
    ['the other alone', onward(erased, kept(abroad)), ['vn']],
    ['none', onward(erased, kept(home, false)), []],
  ])('is asked of the gates where a receipt names one: %s', async (_, facts, countries) => {
    db.hold(facts);
    answers({ content: { receipts: [] } });
    const { status, body } = await asks(sender, supervisor);
    const parts = countries.map((country) => ({ country, content: { receipts: [] } }));
    expect([status, body]).toEqual([200, { ref, parts }]);
    expect(questions().map(({ gate }) => gate.split('-').at(-2))).toEqual(countries);
    for (const question of questions()) expect(question.body).toBe('{"receipts":true}');
  });

  const closed = { refused: { code: 'access-closed', status: 403, message: 'Closed', more: {} } };
  test.each(['kr', 'vn'])('says so where one gate is closed: %s', async (country) => {
    db.hold(onward(erased, kept(home), kept(abroad)));
    answers({ content: { receipts: [] } }, (gate) =>
      gate.includes(`-${country}-`) ? closed : undefined,
    );
    const { status, body } = await asks(sender, supervisor);
    expect([status, body.parts]).toEqual([
      200,
      ['kr', 'vn'].map((one) =>
        one === country
          ? { country, refused: 'access-closed' }
          : { country: one, content: { receipts: [] } },
      ),
    ]);
  });

  test('is refused where each gate that holds one is closed', async () => {
    db.hold(onward(erased, kept(abroad)));
    answers(closed);
    expect((await asks(sender, supervisor)).status).toBe(403);
  });

  test('is asked for no worker, and not together with the check', async () => {
    db.hold(onward(erased, kept(home)));
    const worker_ = await asks(sender, { body: '{"receipts":true}' });
    expect([worker_.status, worker_.body.code]).toEqual([403, 'access-closed']);
    const two = await asks(sender, { ...supervisor, body: '{"receipts":true,"check":true}' });
    expect([two.status, two.body.field]).toEqual([422, '/receipts']);
    expect(questions()).toEqual([]);
  });
});

describe('does not even ask', () => {
  test.each<[string, readonly Fact[], Office, number, string]>([
    ['for a stranger', served, stranger, 404, 'not-found'],
    ['for a referral that never was', [], sender, 404, 'not-found'],
    [
      'once she withdrew, as this country heard',
      onward(served, consentWithdrawn(sender, 'kr3-1', 'kr1-4')),
      home,
      403,
      'access-closed',
    ],
    [
      'for an office that declined',
      log(submitted({ lines: [[home]] }), declined({ office: home })),
      home,
      403,
      'access-closed',
    ],
  ])('%s', async (_, facts, office, status, code) => {
    db.hold(facts);
    const answer = await asks(office);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(questions()).toEqual([]);
  });

  test('without a key, or with a field that it does not know', async () => {
    db.hold(served);
    expect((await asks(home, { headers: {} })).body.code).toBe('key-required');
    expect((await asks(home, { body: '{"office":"x"}' })).body.code).toBe('unknown-field');
    expect(questions()).toEqual([]);
  });
});
