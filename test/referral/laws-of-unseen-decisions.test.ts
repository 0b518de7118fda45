import { expect, test } from 'vitest';
import type { Act } from '../../shared/referral/command.ts';
import { converges, HOURS } from '../support/convergence-told.ts';

/** What moves a line, or takes one from an office. */
const moves: readonly Act[] = [
  'offer',
  'accept',
  'decline',
  'withdraw',
  'request-cancellation',
  'confirm-cancellation',
  'cancel',
  'stop-line',
  'reopen',
  'place-line',
  'refer-onward',
  'close-parent',
];
/** What opens and shuts a gate besides. */
const consents: readonly Act[] = [
  'withdraw-consent',
  'record-consent',
  'confirm-withdrawal',
  'refute-withdrawal',
  'refuse-cancellation',
];

test(
  'whatever three decisions each country takes unseen that move a line, both come to one rest',
  () => {
    const plan = { decisions: 3, only: moves, ordersOfEvery: 100 };
    const { tried, of } = converges('three decisions each:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);

test(
  'so they do whatever two it takes that move a line, or open or shut a gate',
  () => {
    const plan = { decisions: 2, only: [...moves, ...consents], ordersOfEvery: 100 };
    const { tried, of } = converges('two decisions each about her consent too:', plan);
    expect(tried).toBe(of);
  },
  HOURS,
);
