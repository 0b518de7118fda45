import '../../support/env.ts';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/api/authorize.ts';
import { digest } from '../../../shared/ids.ts';
import { authorizerCall, sub } from '../../support/aws.ts';
import { seedDirectory } from '../../support/directory.ts';
import { closed, later, sender } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';
import { tokenMaker } from '../../support/tokens.ts';

let office: Awaited<ReturnType<typeof tokenMaker>>;
let db: ReturnType<typeof tables>;
let minutes = 0;
beforeAll(async () => {
  office = await tokenMaker(sender);
});
beforeEach(() => {
  db = tables();
  seedDirectory(db, 'kr', { [sender]: [office.jwk] });
  // The copy of the directory is older than 60 s in each test.
  minutes += 2;
  vi.setSystemTime(Date.parse(later(minutes)));
});
const fresh = () => ({
  iat: office.seconds + minutes * 60,
  exp: office.seconds + minutes * 60 + 300,
});

test('a good token is let through with who calls', async () => {
  expect(await handler(authorizerCall(await office.sign(fresh(), {}, '{}')))).toEqual({
    isAuthorized: true,
    context: { office: sender, role: 'worker', sub, sha256: digest('{}') },
  });
});

describe('every other call is let through too, with why its token is refused', () => {
  const refused = async (token: string | undefined, method?: string, path?: string) => {
    const { isAuthorized, context } = await handler(authorizerCall(token, method, path));
    expect(isAuthorized).toBe(true);
    return (context as { refused?: string }).refused;
  };

  test('no token', async () => {
    expect(await refused(undefined)).toBe('token-missing');
  });

  test('another method or address than the call has', async () => {
    const token = await office.sign(fresh());
    expect(await refused(token, 'GET')).toBe('token-wrong-call');
    expect(await refused(token, 'POST', '/v1/endpoints')).toBe('token-wrong-call');
  });

  test('an expired one, by our clock', async () => {
    expect(
      await refused(await office.sign({ iat: office.seconds - 300, exp: office.seconds })),
    ).toBe('token-expired');
  });

  test('a suspended office, and one that is not in the directory', async () => {
    expect(await refused(await office.sign({ ...fresh(), iss: 'kr-nobody' }))).toBe(
      'token-unknown-office',
    );
    expect(await refused(await office.sign({ ...fresh(), iss: closed }))).toMatch(
      /office-suspended|token-wrong-country/,
    );
  });

  test('another scheme', async () => {
    const event = authorizerCall();
    event.headers = { ...event.headers, authorization: 'Basic aW52ZW50ZWQ6aW52ZW50ZWQ=' };
    expect((await handler(event)).context).toHaveProperty('refused');
  });
});

test('the directory is read at most once a minute', async () => {
  const token = await office.sign(fresh());
  for (const seconds of [0, 59, 61]) {
    vi.setSystemTime(Date.parse(later(minutes)) + seconds * 1000);
    await handler(authorizerCall(token));
  }
  expect(db.dynamo.calls()).toHaveLength(2);
});
