import '../../support/env.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/api/read.ts';
import { viewsIn } from '../../../shared/views.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import {
  abroad,
  helpline,
  home,
  later,
  noon,
  sender,
  stranger,
  worker,
} from '../../support/people.ts';
import { acknowledged, consentWithdrawn } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const facts = onward(
  log(submitted({ lines: [[home], [abroad]] })),
  acknowledged({ office: abroad, offer: 'kr1-2' }),
);
let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  seedDirectory(db);
  db.hold(facts);
});
const get = (route: string, office = sender, more: object = {}) =>
  answerOf(handler, callOf(`GET ${route}`, { who: worker(office), params: { ref }, ...more }));

test('a referral is read from the ledger, cut for who asks, with its version', async () => {
  const { status, headers, body } = await get('/v1/referrals/{ref}', home);
  expect([status, headers.etag]).toEqual([200, '"kr1.vn1"']);
  expect(body.state).toMatchObject({ ref, offers: [{ offer: 'kr1-1', office: home }] });
  expect(body.allowedCommands).toEqual(
    expect.arrayContaining(
      ['acknowledge', 'accept', 'decline'].map((command) => ({ command, offer: 'kr1-1' })),
    ),
  );
  expect(JSON.stringify(body)).not.toContain(abroad);
});

test('a helpline that must ask her reads what it owes, its facts and commands, and nothing else', async () => {
  db.hold(
    onward(
      log(submitted({ lines: [[home], [abroad]], helplines: [helpline] })),
      consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
    ),
  );
  const who = worker(helpline, 'supervisor');
  const { body } = await get('/v1/referrals/{ref}', helpline, { who });
  expect(Object.keys(body.state)).toEqual(['ref', 'origin', 'due', 'owes']);
  expect(body.allowedCommands).toEqual(
    expect.arrayContaining(
      ['confirm-withdrawal', 'refute-withdrawal'].map((command) => ({ command })),
    ),
  );
  expect((await get('/v1/referrals/{ref}/facts', helpline)).status).toBe(200);
  expect((await get('/v1/referrals/{ref}', stranger)).status).toBe(404);
});

describe.each(['/v1/referrals/{ref}', '/v1/referrals/{ref}/facts'])('%s', (route) => {
  test('of somebody else is 404 like one that never was, and an audit line', async () => {
    const there = await get(route, stranger);
    const never = await get(route, sender, { params: { ref: `${ref.slice(0, -1)}X` } });
    expect([there.status, there.text, there.headers]).toEqual([404, never.text, never.headers]);
    expect(logged.join()).toContain(stranger);
  });

  test('changes nothing', async () => {
    await get(route);
    expect(db.writes()).toBe(0);
  });

  test.each(['x', '../../etc', ''])('%j is 404', async (other) => {
    expect((await get(route, sender, { params: { ref: other } })).status).toBe(404);
  });
});

describe('the facts', () => {
  test('are those that the caller may see, beyond `after`', async () => {
    const route = '/v1/referrals/{ref}/facts';
    const all = await get(route);
    expect(all.body.facts.map(({ type }: { type: string }) => type)).toEqual([
      'referral.submitted.v1',
      'offer.acknowledged.v1',
    ]);
    expect(all.body.next).toBe('kr1.vn1');
    const rest = await get(route, sender, { query: { after: 'kr1.vn0' } });
    expect(rest.body.facts).toHaveLength(1);
    expect((await get(route, home)).body.facts).toHaveLength(1);
  });

  test('are refused after what is no number', async () => {
    const { status, body } = await get('/v1/referrals/{ref}/facts', sender, {
      query: { after: 'x' },
    });
    expect([status, body]).toEqual([
      422,
      expect.objectContaining({ code: 'invalid-field', field: 'after' }),
    ]);
  });
});

describe.each(['inbox', 'sent'] as const)('the list %s', (list) => {
  const kept = (n: number, view: object = {}, office = sender) =>
    viewsIn(new DynamoDBClient(), 'views').put(
      { list, office, since: later(n), view: { ref, n, ...view } as never },
      ref,
      1,
    );
  const numbers = ({ items }: { items: { n: number }[] }) => items.map(({ n }) => n);

  test('is the office’s own: what it owes first, then the newest, in pages', async () => {
    for (const n of [1, 2, 3]) await kept(n);
    await kept(4, { due: later(90) });
    await kept(5, { due: later(60) });
    await kept(6, {}, home);
    const first = await get(`/v1/${list}`, sender, { query: { limit: '3' } });
    expect(numbers(first.body)).toEqual([5, 4, 3]);
    const second = await get(`/v1/${list}`, sender, {
      query: { limit: '3', cursor: first.body.next },
    });
    expect(numbers(second.body)).toEqual([2, 1]);
    expect(second.body).not.toHaveProperty('next');
  });

  test('shows what the office is late with', async () => {
    vi.setSystemTime(Date.parse(later(75)));
    await kept(1);
    await kept(2, { due: later(90) });
    await kept(3, { due: later(60), ...offered('requested') });
    await kept(4, { due: later(30), ...offered('accepted') });
    expect(await found({ overdue: 'true' })).toEqual([4, 3]);
    expect(await found({ overdue: 'true', state: 'requested' })).toEqual([3]);
    expect(await found({ overdue: 'false' })).toEqual([4, 3, 2, 1]);
  });

  const offered = (status: string, more: object = {}) => ({
    urgency: 'normal',
    offers: [{ status: 'cancelled' }, { status, ...more }],
  });
  const found = async (query: Record<string, string>) => {
    const { status, body } = await get(`/v1/${list}`, sender, { query });
    return status === 200 ? numbers(body) : [status, body.field];
  };

  test('is cut down to states and urgencies', async () => {
    await kept(1, offered('requested'));
    await kept(2, { ...offered('requested'), urgency: 'urgent' });
    await kept(3, offered('received', { informationRequested: 1 }));
    await kept(4, offered('accepted'));
    expect(await found({ state: 'requested' })).toEqual([2, 1]);
    expect(await found({ state: 'requested,accepted' })).toEqual([4, 2, 1]);
    expect(await found({ state: 'received' })).toEqual([3]);
    expect(await found({ state: 'info-requested' })).toEqual([3]);
    expect(await found({ urgency: 'urgent' })).toEqual([2]);
    expect(await found({ urgency: 'urgent', state: 'accepted' })).toEqual([]);
    expect(await found({ state: 'cancelled', urgency: 'normal,urgent' })).toEqual([4, 3, 2, 1]);
  });

  test('is refused by a filter that does not exist, so that none shows too much', async () => {
    expect(await found({ state: 'pending' })).toEqual([422, 'state']);
    expect(await found({ state: '' })).toEqual([422, 'state']);
    expect(await found({ urgency: 'soon' })).toEqual([422, 'urgency']);
    expect(await found({ sate: 'requested' })).toEqual([422, 'sate']);
    expect(await found({ overdue: 'yes' })).toEqual([422, 'overdue']);
    expect(await found({ cursor: 'bm90IG91cnM', limit: '2' })).toEqual([422, 'cursor']);
  });

  test('has a cursor that stays right when more comes and when pages are filtered', async () => {
    for (let n = 1; n <= 7; n += 1) await kept(n, offered(n % 2 ? 'requested' : 'accepted'));
    const query = { state: 'requested', limit: '2' };
    const first = (await get(`/v1/${list}`, sender, { query })).body;
    await kept(8, offered('requested'));
    await kept(9, offered('requested'));
    const second = (await get(`/v1/${list}`, sender, { query: { ...query, cursor: first.next } }))
      .body;
    expect([...numbers(first), ...numbers(second)]).toEqual([7, 5, 3, 1]);
  });

  test('reads on a little for what is rare, then says where to go on', async () => {
    const many = 700;
    await kept(0, offered('requested'));
    for (let n = 1; n <= many; n += 1) await kept(n, offered('accepted'));
    const query = { state: 'requested' };
    const first = (await get(`/v1/${list}`, sender, { query })).body;
    expect([first.items, typeof first.next]).toEqual([[], 'string']);
    const second = (await get(`/v1/${list}`, sender, { query: { ...query, cursor: first.next } }))
      .body;
    expect([second.items.length, second.next]).toEqual([1, undefined]);
    expect(db.reads()).toBeLessThan(10);
  });

  test('says how it stands with the border', async () => {
    expect((await get(`/v1/${list}`)).body.peer).toEqual({ status: 'never-heard' });
    db.items.set('ledger border heartbeat', { sentAt: { S: noon }, receivedAt: { S: noon } });
    expect((await get(`/v1/${list}`)).body.peer).toEqual({ status: 'reachable', since: noon });
    vi.setSystemTime(Date.parse(later(16)));
    expect((await get(`/v1/${list}`)).body.peer).toEqual({
      status: 'peer-unreachable',
      since: noon,
    });
  });

  test('of more than a hundred is refused', async () => {
    expect((await get(`/v1/${list}`, sender, { query: { limit: '101' } })).status).toBe(422);
  });
});

test.each(['GET /', 'DELETE /v1/referrals/{ref}', '$default'])(
  '%s is 404 problem+json',
  async (route) => {
    const { status, headers, body } = await answerOf(
      handler,
      callOf(route, { who: worker(sender), params: { ref } }),
    );
    expect([status, body.code, headers['content-type']]).toEqual([
      404,
      'not-found',
      'application/problem+json',
    ]);
  },
);
