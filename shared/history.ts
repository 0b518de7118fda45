import type { Fact, Office } from '../events/envelope.ts';
import { invalid } from './errors.ts';
import { factFor } from './referral/fact-for.ts';
import { fold } from './referral/fold.ts';
import { commonOrder } from './referral/order.ts';

/** The facts that an office may see beyond `after` (`kr<n>.vn<m>`, the largest numbers seen), in the common order; `next` is the new `after`; `setAside` names facts that change nothing. */
export const historyFor = (office: Office, facts: readonly Fact[], after = 'kr0.vn0') => {
  const numbers = /^kr(\d{1,10})\.vn(\d{1,10})$/.exec(after);
  if (!numbers) throw invalid('after', 'Must look like kr3.vn2');
  const seen = { kr: Number(numbers[1]), vn: Number(numbers[2]) };
  const {
    counts: { kr, vn },
    setAside,
  } = fold(facts);
  return {
    facts: facts
      .filter(({ country, seq }) => seq > seen[country])
      .toSorted(commonOrder)
      .flatMap((fact) => factFor(office, facts, fact) ?? []),
    next: `kr${kr}.vn${vn}`,
    ...(setAside.length > 0 && { setAside }),
  };
};
