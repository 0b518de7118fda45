import { expect, test } from 'vitest';
import type { Act } from '../../shared/referral/command.ts';
import { moves } from '../support/convergence-moves.ts';
import { converges, HOURS } from '../support/convergence-told.ts';
import { times } from '../support/seed.ts';

test(
  'whatever three decisions each country takes unseen that move a line, both come to one rest',
  () => {
    // With an office’s own no too it takes four minutes.
    const only: readonly Act[] = times > 1 ? [...moves, 'decline'] : moves;
    const plan = { decisions: 3, only, ordersOfEvery: 100 };
    const { tried, of } = converges('three decisions each:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);
