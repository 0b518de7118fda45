import { test, vi } from 'vitest';
import { switchOn } from './bugs.ts';
import { history } from './history.ts';
vi.hoisted(() => Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' }));
vi.mock('../../shared/world.ts', () => import('./world.ts'));
vi.mock('../../shared/post.ts', () => import('./post.ts'));
vi.mock('../../shared/referral/order.ts', async (real) => (await import('./broken.ts')).order(await real()));
test('x', async () => {
  switchOn(process.env.BUG as never);
  for (let seed = 1; seed <= 25; seed += 1) {
    const t = performance.now();
    const c = process.cpuUsage();
    const h = await history(seed);
    console.log(seed, performance.now() - t | 0, process.cpuUsage(c).user/1000|0, h.facts, h.runs, h.violations[0]);
  }
});
