import { afterEach, expect, test, vi } from 'vitest';
import { type Bug, bugs, switchOn } from './bugs.ts';
import { history } from './history.ts';

vi.hoisted(() =>
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' }),
);
vi.mock('../../shared/world.ts', () => import('./world.ts'));
vi.mock('../../shared/post.ts', () => import('./post.ts'));
vi.mock('../../shared/referral/order.ts', async (real) =>
  (await import('./broken.ts')).order(await real()),
);
vi.mock('../../shared/referral/offering.ts', async (real) =>
  (await import('./broken.ts')).offering(await real()),
);
vi.mock('../../shared/referral/cancelling.ts', async (real) =>
  (await import('./broken.ts')).cancelling(await real()),
);
vi.mock('../../shared/referral/steps.ts', async (real) =>
  (await import('./broken.ts')).steps(await real()),
);
vi.mock('../../shared/referral/fact-for.ts', async (real) =>
  (await import('./broken.ts')).factFor(await real()),
);

const MOST_SEEDS = Number(process.env.MOST ?? 1_000);

afterEach(() => switchOn(undefined));

/** The first seed that shows a bug, and what it shows. */
const found = async (bug: Bug) => {
  switchOn(bug);
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
    const { violations } = await history(seed);
    if (violations.length > 0) return { seeds: seed, first: violations[0] };
  }
  return undefined;
};

test.each(bugs)('the simulation finds: %s', async (bug) => {
  const shown = await found(bug);
  console.info(`${bug}: ${shown?.seeds} seeds, ${shown?.first}`);
  expect(shown, 'not found').toBeDefined();
});
