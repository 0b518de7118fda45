import { has } from './bugs.ts';
import { DAY, HOUR, MINUTE } from './config.ts';
import { Desks } from './desks.ts';
import type { Counted } from './faults.ts';
import type { Land } from './land.ts';
import { judge } from './laws.ts';
import { Endless } from './loop.ts';
import { healed, inside } from './plan.ts';
import { Sim } from './sim.ts';
import { usually } from './weights.ts';

export type History = {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly string[];
  readonly counted: Counted;
  readonly types: Readonly<Record<string, number>>;
  readonly runs: number;
  readonly told: readonly string[];
};

/** One history: commands and faults, then healing and rest, then judgement. */
export const history = async (seed: number, tells = false): Promise<History> => {
  const sim = new Sim(seed, tells);
  await begin(sim);
  const { plan, loop } = sim;
  // Refusals are everyday here, and costly with the place that they came from.
  const { stackTraceLimit } = Error;
  if (!tells) Error.stackTraceLimit = 0;
  try {
    await loop.until(plan.end, plan.rates.atOnce);
    await heal(sim);
    await judge(sim);
  } catch (error) {
    if (!(error instanceof Endless)) throw error;
    sim.checks.violated('everything comes to rest', error.message);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  if (loop.together > 0) sim.counted['at once with others'] += loop.together;
  return {
    seed,
    hash: sim.trace.hash,
    violations: sim.checks.violations,
    counted: sim.counted,
    types: sim.checks.types,
    runs: sim.both.reduce((sum, { runs }) => sum + runs, 0),
    told: sim.trace.told,
  };
};

const begin = async (sim: Sim) => {
  const { plan, chance, loop, partners } = sim;
  const usual = sim.plan;
  sim.plan = healed(usual);
  for (const land of sim.both)
    await land.invoke('setup', async () => {
      for (const endpoint of partners.endpoints)
        if (endpoint.office.startsWith(land.code)) await land.ports.endpoints.put(endpoint);
    });
  sim.plan = usual;
  for (const { from, to } of plan.cuts) {
    sim.count('cut');
    if (to - from > DAY) sim.count('cut of more than 24 h');
    if (to - from > 30 * DAY) sim.count('cut of 40 days');
  }
  for (const stop of [...plan.stops.kr, ...plan.stops.vn]) {
    sim.count(stop.failing ? 'publisher failing' : 'stream stopped');
    if (stop.to - stop.from > DAY) sim.count('stream stopped for more than 24 h');
  }
  if (plan.skew.kr !== 0) sim.count('skewed clocks');
  for (const land of sim.both) tick(sim, land);
  const desks = new Desks(sim);
  const large = chance.yes(0.2);
  const referrals = large ? 1 + chance.below(3) : 1;
  for (let i = 0; i < referrals; i += 1)
    loop.at(plan.start + chance.between(0, i * HOUR), 'somebody submits', () => desks.submit());
  let at = plan.start + MINUTE;
  const acts = large ? 8 + chance.below(16) : 3 + chance.below(7);
  for (let i = plan.leaning === usually ? acts : acts + 5; i > 0; i -= 1) {
    at = when(sim, at);
    loop.at(at, 'somebody acts', () => desks.act());
  }
};

/** Often right after the one before, mostly within hours, or in a cut; sometimes at any time until the end. */
const when = ({ chance, plan }: Sim, before: number): number => {
  const kind = chance.next();
  if (kind < 0.3) return before + chance.between(0, 2_000);
  const cut = kind < 0.5 && plan.cuts.find(({ to }) => to > before);
  if (cut) {
    const from = Math.max(before, cut.from);
    return chance.between(from, Math.min(cut.to, from + 6 * HOUR));
  }
  const later = before + chance.between(MINUTE, 3 * HOUR);
  return kind < 0.9 && later < plan.end
    ? later
    : chance.between(before, Math.max(before, plan.end));
};

/** What comes round by itself: the nightly comparison, one in the day, and somebody who looks after the DLQs. */
const tick = (sim: Sim, land: Land) => {
  const { loop, chance, plan } = sim;
  const day = (n: number) => Math.floor(plan.start / DAY) * DAY + n * DAY;
  const nightly = (n: number) =>
    loop.at(
      Math.max(day(n) + 18.5 * HOUR, loop.now),
      `${land.code} nightly`,
      async () => {
        await reconcile(land, true);
        nightly(n + 1);
      },
      true,
    );
  nightly(plan.start < day(0) + 18.5 * HOUR ? 0 : 1);
  const hourly = (): void =>
    loop.at(
      loop.now + chance.between(HOUR, DAY),
      `${land.code} hourly`,
      async () => {
        await reconcile(land, false);
        hourly();
      },
      true,
    );
  hourly();
  const redrive = (): void =>
    loop.at(
      loop.now + chance.between(4 * HOUR, 10 * HOUR),
      `${land.code} redrive`,
      () => {
        land.redrive();
        if (!inside(sim.plan.cuts, loop.now)) land.bus.redrive();
        redrive();
      },
      true,
    );
  redrive();
};

const reconcile = async (land: Land, all: boolean, minAgeSeconds?: number) => {
  if (has('no reconcile')) return;
  const early = has('reconcile repairs what is on its way') ? 0 : minAgeSeconds;
  await land.reconcile({ all, alone: true, goOn: true, ...(early === 0 && { minAgeSeconds: 0 }) });
};

/** Faults end, what waits in DLQs is redriven, and reconcile brings what was lost; then it finds nothing more to do. */
const heal = async (sim: Sim) => {
  const { checks, loop } = sim;
  sim.trace.add(loop.now, '=== healed');
  sim.plan = healed(sim.plan);
  for (let i = 0; i < 3; i += 1) {
    for (const land of sim.both) {
      land.redrive();
      land.bus.redrive();
    }
    await rest(sim);
  }
  if (checks.somethingLost) {
    await loop.until(loop.now + 26 * HOUR);
    for (const land of sim.both) await reconcile(land, true);
    await rest(sim);
  }
  const before = checks.repairs;
  for (const land of sim.both) await reconcile(land, true, 0);
  if (checks.repairs > before)
    checks.violated('at rest reconcile has nothing to repair', `${checks.repairs - before} facts`);
  await rest(sim);
};

const rest = async ({ loop }: Sim) => {
  await loop.until(loop.now + 10 * MINUTE);
  for (let i = 0; i < 100 && !loop.quiet; i += 1) await loop.until(loop.now + 10 * MINUTE);
};
