import { randomInt } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { commands } from '../../events/commands.ts';
import type { Act } from '../../shared/referral/command.ts';
import { kinds, noneYet } from './faults.ts';
import { type History, history } from './history.ts';
import { practised } from './inputs.ts';

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

/** `SEED=…` tells one history step by step; `TIMES=…` runs so many times as long, for a night. */
const only = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const times = Number(process.env.TIMES ?? 1);
const CPU_SECONDS = 60 * times;
/** In half an hour (`TIMES=60`) each kind of fault must happen a thousand times, else at all. */
const LEAST = times >= 60 ? 1_000 : 1;

const cpu = () => process.cpuUsage().user / 1e6;

const told = ({ seed, hash, violations }: History) =>
  `SEED=${seed} (trace ${hash})\n  ${violations.join('\n  ')}`;

test.runIf(only !== undefined)('one history, told', async () => {
  const one = await history(only ?? 0, true);
  console.info(one.told.join('\n'));
  expect(one.violations, told(one)).toEqual([]);
});

test('the desks know how to give every command', () => {
  const unknown = Object.keys(commands).filter(
    (name) => name !== 'submit' && !practised.has(name as Act),
  );
  expect(unknown, 'add its input to test/simulation/inputs.ts').toEqual([]);
});

test.runIf(only === undefined)('the same seed tells the same story', async () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const { hash } = await history(seed);
    expect((await history(seed, true)).hash).toBe(hash);
  }
});

test.runIf(only === undefined)(
  'in every history the countries agree after healing, and nothing is lost, doubled or told to the wrong office',
  { timeout: CPU_SECONDS * 12_000 },
  async () => {
    const first = randomInt(2 ** 31);
    const sum = { histories: 0, runs: 0 };
    const types: Record<string, number> = {};
    const counted = noneYet();
    const wrong: History[] = [];
    const began = cpu();
    for (let seed = first; cpu() - began < CPU_SECONDS && wrong.length < 5; seed += 1) {
      const one = await history(seed);
      sum.histories += 1;
      sum.runs += one.runs;
      for (const kind of kinds) counted[kind] += one.counted[kind];
      for (const [type, n] of Object.entries(one.types)) types[type] = (types[type] ?? 0) + n;
      if (one.violations.length > 0) wrong.push(one);
    }
    const rate = sum.histories / (cpu() - began);
    const listed = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts)
        .map(([name, n]) => `${name} ${n}`)
        .join(' · ');
    console.info(
      `${sum.histories} histories from seed ${first} (${rate.toFixed(1)} a CPU second), ${sum.runs} runs of functions`,
    );
    console.info(`Faults: ${listed(counted)}`);
    console.info(`Facts: ${listed(types)}`);
    expect(wrong.map(told).join('\n'), 'replay with SEED=…').toBe('');
    expect(
      kinds.filter((kind) => counted[kind] < LEAST),
      'kinds of fault that did not happen often enough',
    ).toEqual([]);
  },
);
