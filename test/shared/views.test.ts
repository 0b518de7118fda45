import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../events/envelope.ts';
import type { View } from '../../shared/referral/view.ts';
import { type Matches, type Views, viewsIn } from '../../shared/views.ts';
import { Dynamo } from '../simulation/dynamo.ts';
import { home, later, sender } from '../support/people.ts';
import { subjectNo } from '../support/subjects.ts';
import { tables } from '../support/tables.ts';

const simulated = () =>
  new Dynamo({
    call: async (_, effect) => effect(),
    page: 2,
    inserted: () => undefined,
    putting: (input) => input,
    refusing: () => undefined,
  }).client;
const mocked = () => {
  tables({ pageSize: 3 });
  return new DynamoDBClient();
};

describe.each([
  ['in memory', mocked],
  ['in the simulation', simulated],
])('a list by what is due, %s', (_, client) => {
  let views: Views;
  beforeEach(() => {
    views = viewsIn(client(), 'views');
  });

  const at = (n: number) => ({ list: 'inbox' as const, office: home, since: later(n) });
  let folded = 0;
  /** Referral n was asked n minutes after noon. */
  const keep = (n: number, due?: Instant, urgency = 'normal') => {
    const view = { ref: subjectNo(n), urgency, ...(due && { due }) } as View;
    folded += 1;
    return views.put({ ...at(n), view }, subjectNo(n), folded);
  };
  const remove = (n: number) => views.remove({ ...at(n), ref: subjectNo(n) as never });
  type More = { cursor?: string | undefined; overdue?: Instant; matches?: Matches; limit?: number };
  const page = async ({ cursor, limit = 2, ...wanted }: More = {}) => {
    const asked = { limit, ...(cursor !== undefined && { cursor }) };
    const { items, next } = await views.byDue('inbox', home, asked, wanted);
    return { shown: items.map(({ ref }) => Number(ref.slice(4))), next };
  };
  const all = async (more: Omit<More, 'cursor'> = {}) => {
    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const { shown, next } = await page({ ...more, cursor });
      pages.push(shown);
      cursor = next;
    } while (cursor !== undefined);
    return pages.flat();
  };

  test('shows referrals due in the same instant once each, also over the end of a page', async () => {
    for (const n of [4, 2, 3, 1]) await keep(n, later(60));
    await keep(5, later(30));
    expect((await page()).shown).toEqual([5, 1]);
    for (const limit of [1, 2, 3, 100]) {
      expect(await all({ limit })).toEqual([5, 1, 2, 3, 4]);
      expect(await all({ limit, overdue: later(61) })).toEqual([5, 1, 2, 3, 4]);
    }
  });

  test('shows those asked in the same instant, which owe nothing, once each', async () => {
    for (const n of [2, 1, 3]) {
      const view = { ref: subjectNo(n) } as View;
      await views.put({ ...at(0), view }, subjectNo(n), 1);
    }
    await keep(4);
    for (const limit of [1, 2, 3]) expect(await all({ limit })).toEqual([4, 1, 2, 3]);
  });

  test('goes on after a row that is gone', async () => {
    for (const n of [1, 2, 3, 4]) await keep(n, later(60));
    const { shown, next } = await page();
    expect(shown).toEqual([1, 2]);
    await remove(2);
    expect((await page({ cursor: next })).shown).toEqual([3, 4]);
    await remove(1);
    await remove(3);
    expect((await page({ cursor: next })).shown).toEqual([4]);
    await remove(4);
    expect(await page({ cursor: next })).toEqual({ shown: [], next: undefined });
  });

  test('goes on after a row that moved', async () => {
    for (const n of [1, 2, 3, 4]) await keep(n, later(60 + n));
    const { next } = await page();
    await keep(2, later(70));
    await keep(4);
    expect((await page({ cursor: next, limit: 9 })).shown).toEqual([3, 2, 4]);
  });

  test('is overdue before the instant, not in it', async () => {
    await keep(1, later(60));
    await keep(2, later(59));
    await keep(3);
    expect(await all({ overdue: later(60) })).toEqual([2]);
    expect(await all({ overdue: '2026-11-23T04:00:00.001Z' as Instant })).toEqual([2, 1]);
    expect(await all({ overdue: later(59) })).toEqual([]);
  });

  test('ends where a cursor is beyond what is overdue', async () => {
    for (const n of [1, 2]) await keep(n, later(60 + n));
    await keep(3);
    const { next } = await page({ limit: 2 });
    expect(await page({ cursor: next, overdue: later(62) })).toEqual({
      shown: [],
      next: undefined,
    });
  });

  test('is filtered over the end of a page, in pages that may be short', async () => {
    for (let n = 1; n <= 14; n += 1) await keep(n, later(60), n % 12 === 2 ? 'urgent' : 'normal');
    const matches: Matches = (view) => 'urgency' in view && view.urgency === 'urgent';
    expect(await all({ matches })).toEqual([2, 14]);
  });

  const cursorOf = (place: string) => Buffer.from(place).toString('base64url');
  const ref = subjectNo(1);
  test.each([
    'nonsense',
    later(60),
    ref,
    `#${ref}`,
    `${later(60)}#`,
    `${later(60)}#${ref}#`,
    `${later(60)}#${ref} `,
    `${later(60)}\n#${ref}`,
    `${later(60)}#${home}`,
    `2026-11-23#${ref}`,
    `never#${ref}`,
    `never 1#${ref}`,
    `~#${ref}`,
    `${later(60)}\n${later(1)}#${ref}`,
  ])('is refused the cursor %j, which no page gave', async (place) => {
    await keep(1, later(60));
    const refused = { code: 'invalid-field', status: 422, more: { field: 'cursor' } };
    await expect(page({ cursor: cursorOf(place) })).rejects.toMatchObject(refused);
  });

  test('is refused a cursor that is written in another way than ours', async () => {
    await keep(1, later(60));
    const ours = cursorOf(`${later(60)}#${ref}`);
    expect((await page({ cursor: ours })).shown).toEqual([]);
    await expect(page({ cursor: `${ours}A` })).rejects.toMatchObject({ more: { field: 'cursor' } });
    await expect(page({ cursor: '' })).rejects.toMatchObject({ more: { field: 'cursor' } });
  });

  test('is one office’s, and one list’s', async () => {
    await keep(1, later(60));
    expect((await views.byDue('sent', home, { limit: 9 })).items).toEqual([]);
    expect((await views.byDue('inbox', sender, { limit: 9 })).items).toEqual([]);
  });
});
