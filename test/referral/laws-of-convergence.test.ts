import { expect, test } from 'vitest';
import { factFor } from '../../shared/referral/fact-for.ts';
import { known, type Pair } from '../support/convergence.ts';
import { explore, type Found, type Plan } from '../support/convergence-explore.ts';

/** The first carries what was decided unseen, the second what both systems made of it, the third what they made of that. */
const MOST_EXCHANGES = 3;

/** `TIMES` may ask for all of them. */
const HOURS = 6 * 3_600_000;

const told = (name: string, { wrong: _, ...found }: Found) => {
  // The figures are what a release is judged by.
  console.info(name, JSON.stringify(found));
};

const converges = (name: string, plan: Plan) => {
  const found = explore(plan);
  told(name, found);
  expect(found.wrong).toEqual([]);
  expect(found.exchanges).toBeLessThanOrEqual(MOST_EXCHANGES);
  return found;
};

test(
  'whatever one decision each country takes unseen, in every order of hearing both come to one rest',
  () => {
    const plan = { decisions: 1, always: 2, share: 1, ordersOfEvery: 1 };
    const { tried, of } = converges('one decision each:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);

test(
  'so they do after two decisions each',
  () => {
    converges('two decisions each:', { decisions: 2, always: 2, share: 12_000, ordersOfEvery: 10 });
  },
  HOURS,
);

test(
  'so they do after three decisions each that move a line',
  () => {
    const only = [
      'offer',
      'accept',
      'withdraw',
      'request-cancellation',
      'confirm-cancellation',
      'cancel',
      'stop-line',
      'reopen',
      'place-line',
      'refer-onward',
      'close-parent',
    ] as const;
    converges('three decisions each:', {
      decisions: 3,
      only,
      always: 2,
      share: 12_000,
      ordersOfEvery: 10,
    });
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
    converges('read alike:', { decisions: 2, always: 0, share: 1_500, ordersOfEvery: 10, also });
  },
  HOURS,
);
