import { expect, test } from 'vitest';
import { consents, moves } from '../support/convergence-moves.ts';
import { converges, HOURS } from '../support/convergence-told.ts';

test(
  'whatever two decisions each country takes unseen that move a line, or open or shut a gate, both come to one rest',
  () => {
    const plan = { decisions: 2, only: [...moves, ...consents], ordersOfEvery: 100 };
    const { tried, of } = converges('two decisions each about her consent too:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);
