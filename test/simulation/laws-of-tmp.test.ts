import { test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
vi.hoisted(() => Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' }));
vi.mock('../../shared/world.ts', () => import('./world.ts'));
vi.mock('../../shared/post.ts', () => import('./post.ts'));
import { history } from './history.ts';
test('x', { timeout: 1e6 }, async () => {
  const n: Record<string, number> = {}; const failed: Record<string, number> = {};
  for (let seed = 5000; seed < 5500; seed += 1) {
    const h = await history(seed, true);
    for (const line of h.told) { const m = /  (kr|vn) has \S+\/(kr|vn)\/\d+ (\S+)/.exec(line); if (m && m[1] === m[2]) n[m[3]!] = (n[m[3]!] ?? 0) + 1;
      const f = / (\w+) failed: (.*)$/.exec(line); if (f) { const k = f[1] + ' ' + f[2]!.slice(0, 70); failed[k] = (failed[k] ?? 0) + 1; } }
  }
  console.log(n, failed);
});
