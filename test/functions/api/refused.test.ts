import '../../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { handler as command } from '../../../functions/api/command.ts';
import { handler as directory } from '../../../functions/api/directory.ts';
import { handler as endpoints } from '../../../functions/api/endpoints.ts';
import { handler as office } from '../../../functions/api/office.ts';
import { handler as read } from '../../../functions/api/read.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { seedDirectory } from '../../support/directory.ts';
import { sender, worker } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

const functions: [string, string, unknown][] = [
  ['a command', 'POST /v1/referrals', command],
  ['a read', 'GET /v1/inbox', read],
  ['the directory', 'GET /v1/directory/offices', directory],
  ['an office about itself', 'POST /v1/directory/offices/{office}/change', office],
  ['an endpoint', 'GET /v1/endpoints', endpoints],
  ['an unknown path', '$default', read],
];
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  seedDirectory(db);
});

describe.each(functions)('%s', (_, route, handler) => {
  test.each([
    'token-missing',
    'token-expired',
    'token-wrong-audience',
    'token-wrong-call',
    'token-too-long',
    'token-unknown-office',
    'token-unknown-key',
    'token-wrong-country',
    'token-invalid',
    'office-suspended',
  ])('with a refused token (%s) is 401 problem+json, before anything else', async (refused) => {
    const { status, headers, body } = await answerOf(
      handler,
      callOf(route, { who: { refused }, body: 'no json' }),
    );
    expect(status).toBe(401);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'www-authenticate': 'Bearer',
    });
    expect(body).toEqual({
      type: `urn:referrals:problem:${refused}`,
      title: expect.any(String),
      status: 401,
      code: refused,
    });
    expect(db.dynamo.calls()).toHaveLength(0);
  });

  test('with a token for another body is 401', async () => {
    const event = callOf(route, { who: worker(sender), body: '{"a":1}' });
    for (const body of ['{"a":2}', '{"a":1} ', undefined]) {
      const { status, body: problem } = await answerOf(handler, { ...event, body } as typeof event);
      expect([status, problem.code]).toEqual([401, 'token-wrong-body']);
    }
    expect(db.dynamo.calls()).toHaveLength(0);
  });

  test('without a body needs the token of zero bytes', async () => {
    const event = callOf(route, { who: worker(sender) });
    const { body } = await answerOf(handler, event);
    expect(body.code).not.toBe('token-wrong-body');
  });

  test('that comes in base64 is judged by its bytes', async () => {
    const text = '{"a":"ê"}';
    const event = callOf(route, { who: worker(sender), body: text });
    const encoded = { ...event, body: Buffer.from(text).toString('base64'), isBase64Encoded: true };
    expect((await answerOf(handler, encoded)).body.code).not.toBe('token-wrong-body');
  });

  test('without what the authorizer says is 401', async () => {
    const event = callOf(route, { who: worker(sender) });
    const { authorizer: _, ...requestContext } = event.requestContext;
    const { status } = await answerOf(handler, { ...event, requestContext } as typeof event);
    expect(status).toBe(401);
  });
});
