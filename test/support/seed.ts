import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/** `SEED=… npx vitest …` runs the same cases again; without it each run draws its own. */
export const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** Runs a law; a failure names the seed that brings it back. */
export const holds = async <T>(law: fc.IRawProperty<T>, numRuns: number) => {
  try {
    await fc.assert(law, { seed, numRuns });
  } catch (cause) {
    throw new Error(`SEED=${seed}: ${(cause as Error).message}`, { cause });
  }
};
