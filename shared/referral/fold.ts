import type { Fact } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { withEnd } from './destroying.ts';
import { evolve } from './evolve.ts';
import { backwards, countsOf, inOrder } from './order.ts';
import type { Referral, State } from './state.ts';

const known: ReadonlySet<string> = new Set(
  ReferralFact.options.map(({ shape }) => shape.type.value),
);

/** A fact never changes, so what it says is read once, however often a log is folded. */
const read = new WeakMap<Fact, ReferralFact | 'unreadable'>();
const readingOf = (fact: Fact): ReferralFact | undefined => {
  const before = read.get(fact);
  if (before) return before === 'unreadable' ? undefined : before;
  const { data } = ReferralFact.safeParse(fact);
  read.set(fact, data ?? 'unreadable');
  return data;
};

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
    const reading = lies.has(fact) ? undefined : readingOf(fact);
    const after = reading && evolve(referral, reading);
    if (after) referral = withEnd(referral, after, fact);
    else setAside.push(fact.id);
  }
  return { counts: countsOf(facts), unknown, setAside, ...(referral && { referral }) };
};
