import type { Country, Fact, Office } from '../events/envelope.ts';
import { invalid } from './errors.ts';
import { factFor } from './referral/fact-for.ts';
import { fold } from './referral/fold.ts';
import { type Counts, inOrder } from './referral/order.ts';

const MOST = 100;

/**
 * The facts that an office may see beyond `after` (`kr<n>.vn<m>`, the largest numbers seen), in the common order, a hundred
 * at a time; `next` is the new `after`. `setAside` names facts that stand in the ledger and change nothing.
 */
export const historyFor = (office: Office, facts: readonly Fact[], after = 'kr0.vn0') => {
  const seen = numbersOf(after);
  const beyond = facts.filter(({ country, seq }) => seq > seen[country]).toSorted(inOrder);
  const page = beyond.slice(0, MOST);
  // A beginning of the common order has no holes, so its largest numbers say it all.
  const last = (of: Country) => page.findLast(({ country }) => country === of)?.seq ?? seen[of];
  const { setAside } = fold(facts);
  return {
    facts: page.flatMap((fact) => factFor(office, facts, fact) ?? []),
    next: `kr${last('kr')}.vn${last('vn')}`,
    ...(beyond.length > MOST && { more: true }),
    ...(setAside.length > 0 && { setAside }),
  };
};

const numbersOf = (after: string): Counts => {
  const numbers = /^kr(\d{1,10})\.vn(\d{1,10})$/.exec(after);
  if (!numbers) throw invalid('after', 'Must look like kr3.vn2');
  return { kr: Number(numbers[1]), vn: Number(numbers[2]) };
};
