import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/** `SEED=… npx vitest …` runs the same cases again; without it each run draws its own. */
export const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** `TIMES=100` runs each law a hundred times as often, for a night. */
export const times = Number(process.env.TIMES ?? 1);

/** Runs a law; a failure names the seed that brings it back. */
export const holds = async <T>(law: fc.IRawProperty<T>, numRuns: number) => {
  try {
    await fc.assert(law, { seed, numRuns: numRuns * times });
  } catch (cause) {
    throw new Error(`SEED=${seed}: ${(cause as Error).message.slice(0, 6_000)}`, { cause });
  }
};
