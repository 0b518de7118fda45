import fc from 'fast-check';
import { anyHistory, type Two } from './histories.ts';
import { seed, times } from './seed.ts';

const RUNS = 10_000;

/** Drawn once for all laws of a file: a history costs more to make than a law to check. */
let drawn: readonly Two[] | undefined;
const histories = () => {
  drawn ??= fc.sample(anyHistory(), { seed, numRuns: RUNS * times });
  return drawn;
};

/** One of these for the n-th history. */
export const forHistory = <T>(of: fc.Arbitrary<T>, n: number): T =>
  fc.sample(of, { seed: seed + n, numRuns: 1 })[0] as T;

/** A law of ten thousand histories; a failure names the seed, the number of the history and its facts. */
export const everyHistory = async (law: (two: Two, n: number) => void | Promise<void>) => {
  for (const [n, two] of histories().entries()) {
    const [, copy] = two.copies();
    try {
      await law(copy, n);
    } catch (cause) {
      const facts = two
        .all()
        .map(({ type, country, seq, seen }) => `${country}${seq} (${seen}) ${type}`);
      const message = (cause as Error).message.slice(0, 4_000);
      throw new Error(`SEED=${seed}, history ${n}: ${message}\n${facts.join('\n')}`, { cause });
    }
  }
};
