import '../../support/env.ts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/api/directory.ts';
import { answerOf, callOf } from '../../support/aws.ts';
import { logged } from '../../support/env.ts';
import { officeWith } from '../../support/offices.ts';
import { later, noon, sender, worker } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let minutes = 0;
const entries = {
  'vn-near': {
    services: ['health'],
    requiredDocuments: [{ service: 'health', documents: ['passport'] }],
    name: { en: 'Near', vi: 'Văn phòng Gần' },
  },
  'vn-far': { services: ['health'], coverage: 'national', areas: [], name: { en: 'Far' } },
  'vn-police': { authority: 'police', name: { en: 'Police' } },
};
beforeEach(() => {
  db = tables();
  // The copy of the directory is older than a minute in each test.
  minutes += 2;
  vi.setSystemTime(Date.parse(later(minutes)));
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const offices = Object.fromEntries(
    Object.entries(entries).map(([id, change]) => [id, officeWith(id, change)]),
  );
  const key = { pk: { S: 'directory' }, sk: { S: 'kr' } };
  const all = marshall({ offices }, { removeUndefinedValues: true });
  db.items.set('views directory kr', { ...key, ...all });
});
const get = (what: string, query: Record<string, string> = {}, language = 'en') =>
  answerOf(
    handler,
    callOf(`GET /v1/directory/${what}`, {
      who: worker(sender),
      query,
      headers: { 'accept-language': language },
    }),
  );
const ids = (body: { items: { office: string }[] }) => body.items.map(({ office }) => office);

describe('offices', () => {
  test('are proposed for an area and a category, best first, with reasons', async () => {
    const { status, body } = await get('offices', { area: 'vn-2025-can-tho', category: 'health' });
    expect([status, ids(body), body.found]).toEqual([200, ['vn-near', 'vn-far'], 2]);
    expect(body.items[0].reasons).toContainEqual({ code: 'area-exact', label: 'Serves this area' });
    expect(body.items[1].reasons[0]).toMatchObject({ code: 'area-national' });
    expect(body.searched).toMatchObject({
      area: { id: 'vn-2025-can-tho', label: 'Can Tho' },
      category: { code: 'health' },
    });
  });

  test.each(['vn-2004-hau-giang', 'Hậu Giang', 'hau giang'])(
    'of the old unit %s are those of today’s, to be confirmed',
    async (area) => {
      const { body } = await get('offices', { area, category: 'health' }, 'vi');
      expect(ids(body)).toEqual(['vn-near', 'vn-far']);
      expect(body.searched.area).toMatchObject({ label: 'Cần Thơ (Hậu Giang)', confirm: true });
    },
  );

  test('are in the language asked for, or in English', async () => {
    const { headers, body } = await get('offices', { area: 'vn-2025-can-tho' }, 'vi-VN, en;q=0.5');
    expect(headers).toMatchObject({ 'content-language': 'vi', vary: 'accept-language' });
    const shown = body.items.map(({ office, label }: Record<string, string>) => [office, label]);
    expect(Object.fromEntries(shown)).toEqual({ 'vn-near': 'Văn phòng Gần', 'vn-far': 'Far' });
    expect(body.items[0].services[0].label).not.toBe('health');
    expect(body.items[0].required_documents).toMatchObject([
      { service: { code: 'health' }, documents: ['passport'] },
    ]);
  });

  test('show capacity, confirmation and hours with HSDS’s words, and no keys', async () => {
    const { body } = await get('offices', { area: 'vn-2025-can-tho', category: 'health' });
    expect(body.items[0]).toMatchObject({
      capacity: { code: 'unknown' },
      assured_date: '2026-11-23',
      hours: { code: 'hours-unknown' },
      phones: [],
      schedules: [],
    });
    expect(JSON.stringify(body)).not.toContain('kid');
  });

  test('without area and category are all, in pages, also those that cannot be asked', async () => {
    const first = await get('offices', { limit: '2' });
    expect(ids(first.body)).toEqual(['vn-far', 'vn-near']);
    const second = await get('offices', { limit: '2', cursor: first.body.next });
    expect(ids(second.body)).toEqual(['vn-police']);
    expect(second.body).not.toHaveProperty('next');
  });

  test('show an office its own keys, and no other’s', async () => {
    const item = db.items.get('views directory kr');
    const own = marshall(officeWith(sender), { removeUndefinedValues: true });
    if (item?.offices?.M) item.offices.M[sender] = { M: own };
    const { body } = await get('offices');
    const withKeys = body.items.filter((shown: object) => 'keys' in shown);
    expect(withKeys).toMatchObject([{ office: sender, keys: [{ kid: 'example-1', from: noon }] }]);
  });

  test('are found by name without marks', async () => {
    expect(ids((await get('offices', { q: 'VAN PHONG' })).body)).toEqual(['vn-near']);
    expect((await get('offices', { q: 'nobody' })).body).toMatchObject({
      items: [],
      hint: { code: 'no-such-name' },
    });
  });

  test('that are not there are said not to be there: what was searched, why, and a count by area alone', async () => {
    const { status, body } = await get('offices', { area: 'Hậu Giang', category: 'housing' });
    expect(status).toBe(200);
    expect(body).toEqual({
      searched: expect.objectContaining({
        area: expect.objectContaining({ id: 'vn-2025-can-tho' }),
        category: expect.objectContaining({ code: 'housing' }),
      }),
      found: 0,
      items: [],
      hint: { code: 'nobody-offers-this', label: expect.stringMatching(/desk/) },
    });
    const counted = logged.filter((line) => line.includes('NoOfficeFound'));
    expect(counted).toHaveLength(1);
    expect(JSON.parse(counted[0] ?? '')).toMatchObject({
      country: 'kr',
      area: 'vn-2025-can-tho',
      NoOfficeFound: 1,
    });
    expect(logged.join()).not.toContain('housing');
    expect(db.writes()).toBe(0);
  });

  test('that are there are not counted', async () => {
    await get('offices', { area: 'vn-2025-can-tho', category: 'health' });
    await get('offices', { q: 'nobody' });
    expect(logged.join()).not.toContain('NoOfficeFound');
  });

  test.each<[string, Record<string, string>]>([
    ['area', { area: '92' }],
    ['area', { area: 'vn-2025-nowhere' }],
    ['category', { category: 'magic' }],
    ['language', { language: 'Vietnamese' }],
    ['limit', { limit: '0' }],
    ['cursor', { cursor: 'bm93aGVyZQ' }],
    ['categry', { categry: 'health' }],
  ])('with a wrong %s are refused', async (field, query) => {
    const { status, body } = await get('offices', query);
    expect([status, body.field]).toEqual([422, field]);
  });
});

test('areas are found in any spelling, old ones with what they are now', async () => {
  const { body } = await get('areas', { q: 'hau giang' }, 'ko');
  expect(body.items).toEqual([
    expect.objectContaining({ id: 'vn-2025-can-tho', label: '껀터 (하우장)', confirm: true }),
  ]);
  expect((await get('areas')).body.items.length).toBe(50);
});

test('services are the categories, with how many offices may be asked', async () => {
  const { body } = await get('services', {}, 'vi');
  expect(body.items).toHaveLength(24);
  const health = (await get('services', { q: 'Y TE' }, 'vi')).body.items;
  expect(health).toContainEqual(
    expect.objectContaining({ code: 'health', offices: { kr: 0, vn: 2 }, opensCase: true }),
  );
});

test('any other path is 404', async () => {
  expect((await get('people')).status).toBe(404);
});
