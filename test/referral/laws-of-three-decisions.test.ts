import { expect, test } from 'vitest';
import { moves } from '../support/convergence-moves.ts';
import { converges, HOURS } from '../support/convergence-told.ts';

test(
  'whatever three decisions each country takes unseen that move a line, both come to one rest',
  () => {
    const plan = { decisions: 3, only: moves, ordersOfEvery: 100 };
    const { tried, of } = converges('three decisions each:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);
