import { expect, test } from 'vitest';
import { factFor } from '../../shared/referral/fact-for.ts';
import { known, type Pair } from '../support/convergence.ts';
import { converges, HOURS } from '../support/convergence-told.ts';

test(
  'whatever one decision each country takes unseen, in every order of hearing both come to one rest',
  () => {
    const plan = { decisions: 1, ordersOfEvery: 1 };
    const { tried, of } = converges('one decision each:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);

test(
  'so they do after two decisions each, of every command',
  () => {
    converges('two decisions each:', { decisions: 2, always: 2, share: 12_000, ordersOfEvery: 10 });
  },
  HOURS,
);

test(
  'each office reads each fact alike in both countries',
  () => {
    const also = (pair: Pair) => {
      const [kr, vn] = [known(pair, 'kr'), known(pair, 'vn')];
      const offices = new Set(kr.flatMap(({ data }) => data.offices));
      return [...offices].flatMap((office) =>
        kr
          .filter((fact) => {
            const [one, other] = [kr, vn].map((facts) =>
              JSON.stringify(factFor(office, facts, fact)),
            );
            return one !== other;
          })
          .map(({ id }) => `${office} reads ${id} in two ways`),
      );
    };
    converges('read alike:', { decisions: 2, share: 1_500, ordersOfEvery: 10, also });
  },
  HOURS,
);
