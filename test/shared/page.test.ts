import { describe, expect, test } from 'vitest';
import { pageOf, pageOfAll } from '../../shared/page.ts';
import { refusal } from '../support/given.ts';

const all = ['a', 'b', 'c', 'd', 'e'];
const page = (limit: number, cursor?: string, of: readonly string[] = all) =>
  pageOfAll(of, (item) => item, { limit, ...(cursor && { cursor }) });

describe('a page of what is in memory', () => {
  test('goes on where the one before ended, and the last has no next', () => {
    const first = page(2);
    const second = page(2, first.next);
    expect([first.items, second.items, page(2, second.next)]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      { items: ['e'] },
    ]);
    expect(page(5)).toEqual({ items: all });
  });

  test('is not moved by what came before it meanwhile', () => {
    const { next } = page(2);
    expect(page(2, next, ['new', ...all]).items).toEqual(['c', 'd']);
  });

  test('after something that is gone is refused', () => {
    const { next } = page(2);
    expect(refusal(() => page(2, next, ['c', 'd']))).toMatchObject({ field: 'cursor' });
  });
});

test.each(['0', '101', 'x', '-1', '1.5', ''])('a limit of %j is refused', (limit) => {
  expect(refusal(() => pageOf({ limit }))).toMatchObject({ status: 422, field: 'limit' });
});

test.each(['', 'ü', 'a b'])('the cursor %j is refused', (cursor) => {
  expect(refusal(() => pageOf({ cursor }))).toMatchObject({ status: 422, field: 'cursor' });
});
