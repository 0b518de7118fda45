import type { Fact } from '../../events/envelope.ts';
import type * as FoldModule from '../../shared/referral/fold.ts';
import type { State } from '../../shared/referral/state.ts';

type Folded = { readonly facts: readonly Fact[]; readonly state: State };

/** The same facts in the same order are folded once: both countries' functions and every law ask again and again. */
export const foldOnce = (real: typeof FoldModule): typeof FoldModule => {
  const folded = new WeakMap<Fact, Folded[]>();
  return {
    ...real,
    fold(facts) {
      const last = facts.at(-1);
      if (!last) return real.fold(facts);
      const known = folded.get(last) ?? [];
      const before = known.find((one) => isSame(one.facts, facts));
      if (before) return before.state;
      const state = real.fold(facts);
      folded.set(last, [...known, { facts: [...facts], state }]);
      return state;
    },
  };
};

const isSame = (a: readonly Fact[], b: readonly Fact[]) =>
  a.length === b.length && a.every((fact, i) => fact === b[i]);
