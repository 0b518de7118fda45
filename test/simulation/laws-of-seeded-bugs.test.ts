import { afterEach, expect, test, vi } from 'vitest';
import { type Bug, bugs, switchOn } from './bugs.ts';
import { history } from './history.ts';

vi.hoisted(() =>
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  }),
);
vi.mock('../../shared/world.ts', () => import('./world.ts'));
vi.mock('../../shared/post.ts', () => import('./post.ts'));
vi.mock('../../shared/referral/fold.ts', async (real) =>
  (await import('./remembered.ts')).foldOnce(await real()),
);
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
vi.mock('../../shared/referral/consent-steps.ts', async (real) =>
  (await import('./broken.ts')).consentSteps(await real()),
);
vi.mock('../../shared/referral/fact-for.ts', async (real) =>
  (await import('./broken.ts')).factFor(await real()),
);

const MOST_SEEDS = 1_000;

afterEach(() => switchOn(undefined));

/** The first seed that shows a bug, and what it shows. */
const found = async (bug: Bug) => {
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
    switchOn(bug);
    const { violations } = await history(seed);
    if (violations.length === 0) continue;
    switchOn(undefined);
    const { violations: without } = await history(seed);
    if (without.length === 0) return { seed, shows: violations[0] };
  }
  return undefined;
};

test.each(bugs)(
  'within a thousand seeds the simulation finds: %s',
  { timeout: 300_000 },
  async (bug) => {
    const shown = await found(bug);
    console.info(`${bug}: ${shown?.seed} seeds; ${shown?.shows?.split(':')[0]}`);
    expect(shown, 'not found').toBeDefined();
  },
);
