import type * as z from 'zod';
import type { Fact, Office } from '../../events/envelope.ts';
import { OfficeFact, type PublicKey } from '../../events/office.ts';
import { commonOrder, countryOf } from '../referral/order.ts';

/** An office's entry of the directory. `folded`: how many facts it was made of. */
export type OfficeState = {
  readonly office: Office;
  readonly active: boolean;
  readonly takesReferrals: boolean;
  readonly name: {
    readonly en: string;
    readonly ko?: string | undefined;
    readonly vi?: string | undefined;
  };
  readonly kind: string;
  readonly coverage: string;
  readonly areas: readonly string[];
  readonly services: readonly string[];
  readonly languages: readonly string[];
  readonly authority?: string | undefined;
  readonly keys: readonly z.infer<typeof PublicKey>[];
  readonly folded: number;
};

/** An office's log as its entry. Total: a second registration, and what another country wrote, is set aside. */
export const foldOffice = (facts: readonly Fact[]): OfficeState | undefined => {
  let state: OfficeState | undefined;
  for (const fact of facts.toSorted(commonOrder)) {
    const known = OfficeFact.safeParse(fact);
    const own =
      fact.country === countryOf(fact.subject) && fact.actor === `${fact.country}:operator`;
    if (known.success && own) state = evolve(state, known.data) ?? state;
  }
  return state && { ...state, folded: facts.length };
};

const evolve = (state: OfficeState | undefined, fact: OfficeFact): OfficeState | undefined => {
  switch (fact.type) {
    case 'office.registered.v1': {
      const { offices: _, by: __, ...entry } = fact.data;
      return state
        ? undefined
        : { ...entry, office: fact.subject as Office, active: true, folded: 0 };
    }
    case 'office.suspended.v1':
      return state && { ...state, active: false };
  }
};
