import { describe, expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import {
  causesHere,
  hadSeen,
  inOrder,
  knewSlot,
  seenBy,
  torn,
} from '../../shared/referral/order.ts';
import { placed } from '../support/facts.ts';
import { acknowledged } from '../support/steps.ts';

/** A fact of a country, its number, and how many it had seen of the other's. */
const fact = (country: Country, seq: number, seen = 0): Fact =>
  placed(acknowledged(), country, seq, seen);
const ids = (facts: readonly Fact[]) => facts.map(({ country, seq }) => `${country}${seq}`);

describe('the common order', () => {
  const facts = [
    fact('kr', 1),
    fact('kr', 2),
    fact('vn', 1, 1),
    fact('kr', 3, 1),
    fact('vn', 2, 3),
    fact('vn', 3, 3),
  ];
  test('is by causes, then by country, whatever the arrival', () => {
    const expected = ['kr1', 'kr2', 'vn1', 'kr3', 'vn2', 'vn3'];
    const orders = [facts, facts.toReversed(), [...facts.slice(3), ...facts.slice(0, 3)]];
    for (const order of orders) expect(ids(order.toSorted(inOrder))).toEqual(expected);
  });

  test('says of each two which comes first, and of the same that it is the same', () => {
    for (const a of facts)
      for (const b of facts)
        expect(Math.sign(inOrder(a, b))).toBe(Math.sign(facts.indexOf(a) - facts.indexOf(b)));
  });

  test('of two facts of a country with one sum is by number: a later one that had seen less is a lie', () => {
    expect(inOrder(fact('kr', 2, 3), fact('kr', 3, 2))).toBeLessThan(0);
    expect(inOrder(fact('kr', 3, 2), fact('kr', 2, 3))).toBeGreaterThan(0);
  });
});

test('a fact had seen what it says of the other country, and all earlier ones of its own', () => {
  const one = fact('vn', 2, 2);
  const all = [fact('kr', 1), fact('kr', 2), fact('kr', 3), fact('vn', 1), one, fact('vn', 3)];
  expect(ids(all.filter((f) => hadSeen(one, f)))).toEqual(['kr1', 'kr2', 'vn1']);
  expect(ids(seenBy(one, all))).toEqual(['kr1', 'kr2', 'vn1']);
});

test('an id names the slot of its fact, also beyond nine', () => {
  expect(knewSlot(fact('vn', 1, 12), 'kr12-1')).toBe(true);
  expect(knewSlot(fact('vn', 1, 11), 'kr12-1')).toBe(false);
  expect(knewSlot(fact('vn', 1, 12), 'a-kr12-1')).toBe(false);
  expect(knewSlot(fact('vn', 1, 12), 'whim')).toBe(false);
});

describe('a load', () => {
  test('holds the causes of a fact when it holds all earlier ones and what it had seen', () => {
    const here = (kr: number, vn: number) => causesHere({ kr, vn }, fact('vn', 2, 3));
    expect([here(3, 1), here(4, 2), here(2, 1), here(3, 0)]).toEqual([true, true, false, false]);
  });

  const whole = [fact('kr', 1), fact('vn', 1, 1), fact('kr', 2, 1)];
  test.each<[string, readonly Fact[], boolean]>([
    ['nothing', [], false],
    ['all', whole, false],
    ['all in disorder', whole.toReversed(), false],
    ['all but the last', whole.slice(0, 2), false],
    ['all but the first', whole.slice(1), true],
    ['all but one that another had seen', [fact('kr', 1), fact('kr', 2, 1)], true],
    ['one country twice as far', [fact('kr', 1), fact('kr', 3)], true],
  ])('of %s is torn: %s', (_, facts, expected) => {
    expect(torn(facts)).toBe(expected);
  });
});
