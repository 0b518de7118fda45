import type { Country, Fact } from '../events/envelope.ts';

/**
 * The order in which a country's ledger got its facts: one of the peer's stands before the first own one that had seen it.
 * It never changes when more comes, which cannot be said of the common order.
 */
export const arrivalIn =
  (own: Country) =>
  (a: Fact, b: Fact): number => {
    if (a.country === b.country) return a.seq - b.seq;
    const [ours, theirs, sign] = a.country === own ? [a, b, 1] : [b, a, -1];
    return ours.seen >= theirs.seq ? sign : -sign;
  };
