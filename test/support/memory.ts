import type { Fact, Instant } from '../../events/envelope.ts';
import { Conflict } from '../../shared/errors.ts';
import type { World } from '../../shared/handle.ts';
import { type Beside, type Ledger, type Recorded, slotKey } from '../../shared/ledger.ts';
import type { received } from '../../shared/received.ts';
import { torn } from '../../shared/referral/order.ts';
import { noon, offices } from './people.ts';

export type Memory = Ledger & { all(): Recorded[]; readonly calls: string[] };

/** A ledger in memory, with the contract of the real one: a slot is taken once, a load is whole and in key order. */
export const memory = (facts: readonly Fact[] = []): Memory => {
  const slots = new Map<string, Recorded>();
  const keyOf = (fact: Fact) => `${fact.subject} ${slotKey(fact)}`;
  const put = (fact: Fact, beside: Beside = {}) => {
    const text = JSON.stringify(fact);
    slots.set(keyOf(fact), { fact: JSON.parse(text), text, ...beside });
  };
  for (const fact of facts) put(fact);
  const calls: string[] = [];
  return {
    calls,
    all: () => [...slots.values()],
    async load(subject) {
      calls.push('load');
      const of = [...slots].filter(([key]) => key.startsWith(`${subject} `)).sort();
      const found = of.map(([, recorded]) => recorded);
      if (torn(found.map(({ fact }) => fact))) throw new Error('the memory has a gap');
      return found;
    },
    async append(fact, beside) {
      calls.push('append');
      if (slots.has(keyOf(fact))) throw new Conflict('The slot is taken');
      put(fact, beside);
    },
  };
};

/** What deciding needs, over a ledger in memory. */
export const worldOf = (country: World['country'], ledger: Ledger, at: Instant = noon): World => ({
  country,
  ledger,
  directory: { offices: async () => offices as never },
  now: () => at,
});

/** What `received` needs. */
export const borderOf = (
  country: World['country'],
  ledger: Ledger,
): Parameters<typeof received>[0] => ({
  ledger,
  peer: country === 'kr' ? 'vn' : 'kr',
  now: () => noon,
});
