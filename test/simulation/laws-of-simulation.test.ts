import { test, vi } from 'vitest';
import { history } from './history.ts';

vi.hoisted(() => Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' }));
vi.mock('../../shared/world.ts', () => import('./world.ts'));
vi.mock('../../shared/post.ts', () => import('./post.ts'));

test('try', async () => {
  const first = Number(process.env.SEED ?? 1);
  const many = Number(process.env.MANY ?? 20);
  Error.stackTraceLimit = 0;
  const began = performance.now();
  const sums: Record<string, number> = {};
  let facts = 0;
  let runs = 0;
  for (let seed = -Number(process.env.WARM ?? 0); seed < 0; seed++) await history(seed);
  const used = process.cpuUsage(); const began2 = performance.now();
  for (let seed = first; seed < first + many; seed += 1) {
    const h = await history(seed, many === 1);
    facts += h.facts; runs += h.runs;
    for (const [k, n] of Object.entries(h.counted)) sums[k] = (sums[k] ?? 0) + n;
    if (many === 1) console.log(h.told.join('\n'));
    if (h.violations.length) console.log(seed, h.hash, h.violations.slice(0, 4));
  }
  Error.stackTraceLimit = 10;
  const cpu = process.cpuUsage(used);
  const took = performance.now() - began2;
  console.log(many, 'histories', took | 0, 'ms', cpu.user / 1000 | 0, 'cpu ms', facts, 'facts', runs, 'runs', sums);
});
