import type { Fact } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { evolve } from './evolve.ts';
import { backwards, countsOf, inOrder } from './order.ts';
import type { Referral, State } from './state.ts';

const known: ReadonlySet<string> = new Set(
  ReferralFact.options.map(({ shape }) => shape.type.value),
);

/** State of all known facts, sorted first: the same for any order of arrival. Total. */
export const fold = (facts: readonly Fact[]): State => {
  const lies = backwards(facts);
  const unknown: string[] = [];
  const setAside: string[] = [];
  let referral: Referral | undefined;
  for (const fact of facts.toSorted(inOrder)) {
    if (!known.has(fact.type)) {
      unknown.push(fact.id);
      continue;
    }
    const parsed = ReferralFact.safeParse(fact);
    const after = parsed.success && !lies.has(fact) ? evolve(referral, parsed.data) : undefined;
    if (after) referral = after;
    else setAside.push(fact.id);
  }
  return { counts: countsOf(facts), unknown, setAside, ...(referral && { referral }) };
};
