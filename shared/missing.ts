import type { Country, Fact } from '../events/envelope.ts';
import { inGroups } from './in-groups.ts';
import { log } from './log.ts';
import type { Part } from './peer.ts';
import type { Slots } from './slots.ts';
import type { Seen, Touched } from './touched.ts';

type Stores = {
  readonly touched: Pick<Touched, 'everSeen'>;
  readonly slots: Pick<Slots, 'of'>;
};

/**
 * One page of counting what a restored ledger still lacks, subject by subject: facts that the own bus once carried, as the
 * views remember, and what facts in the ledger come after. The log names the subjects.
 */
export const missingPage = async ({ touched, slots }: Stores, { segment, at }: Part) => {
  const { seen, next } = await touched.everSeen(segment, at);
  const lacking = await inGroups(seen, async ({ subject, facts }) => {
    const its = (await slots.of(subject)).map(({ text }) => JSON.parse(text) as Fact);
    const [kr, vn] = [lacks('kr', its, facts), lacks('vn', its, facts)];
    if (kr + vn > 0) log.warn('missing', { subject, kr, vn });
    return kr + vn;
  });
  return { missing: lacking.reduce((sum, n) => sum + n, 0), next };
};

/** A country's facts up to the last one that is known to have been, less those that are here. */
const lacks = (country: Country, facts: readonly Fact[], seen: Seen): number => {
  const here = facts.filter((fact) => fact.country === country);
  const known = facts.map((fact) => (fact.country === country ? fact.seq : fact.seen));
  return Math.max(0, ...known, ...seen[country]) - here.length;
};
