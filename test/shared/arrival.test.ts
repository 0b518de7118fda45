import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalIn } from '../../shared/arrival.ts';
import { anyHistory } from '../support/histories.ts';
import { holds } from '../support/seed.ts';

test('what came first stays first, whatever comes later', () =>
  holds(
    fc.property(anyHistory(16), fc.constantFrom('kr', 'vn'), (two, country) => {
      const peers = country === 'kr' ? two.own.vn : two.own.kr;
      const own = two.own[country];
      const all = [...own, ...peers].toSorted(arrivalIn(country));
      for (let n = 0; n <= own.length; n += 1) {
        const seen = own[n - 1]?.seen ?? 0;
        const before = [...peers.slice(0, seen), ...own.slice(0, n)].toSorted(arrivalIn(country));
        expect(all.slice(0, before.length)).toEqual(before);
      }
    }),
    300,
  ));
