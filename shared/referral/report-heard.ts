import type { Country, Instant, Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import type { OverrideId } from '../../events/referral.ts';
import { endOf } from './override.ts';
import { type Naming, type Then, told } from './report-naming.ts';
import type { Referral } from './state.ts';

/** An office that came to know of the referral, and how. `named`: by the network desk, for a step that nobody else could take. */
export type Heard = Then & {
  readonly how: 'sent' | 'asked' | 'referred-onward' | 'asked-to-take-over' | 'took-over' | 'named';
};

/** Two offices that opened the gate of their country without her. */
export type Overridden = {
  readonly override: OverrideId;
  readonly country: Country;
  readonly proposed: Then;
  readonly approved: Then;
  readonly ends: Instant;
};

export const heardIn = (
  { senders, offers }: Referral,
  facts: readonly ReferralFact[],
  named: Naming,
): Heard[] => {
  const had = senders.map(({ office, since }, i) => ({
    ...{ office: named(office), at: since.at },
    how: i === 0 ? ('sent' as const) : ('took-over' as const),
  }));
  const asked = offers.map(({ office, made, partOf }) => ({
    ...{ office: named(office), at: made.at },
    how: partOf ? ('referred-onward' as const) : ('asked' as const),
  }));
  const others = facts.flatMap((fact) => {
    if (fact.type === 'responsibility.proposed.v1')
      return { ...told(fact, fact.data.office, named), how: 'asked-to-take-over' as const };
    if (fact.type === 'office.named.v1')
      return { ...told(fact, fact.data.office, named), how: 'named' as const };
    return [];
  });
  return [...had, ...asked, ...others].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

export const overridesTold = (
  { overrides }: Referral,
  facts: readonly ReferralFact[],
  named: Naming,
): Overridden[] =>
  facts.flatMap((fact) => {
    if (fact.type !== 'consent.overridden.v1') return [];
    const { override, proposal } = fact.data;
    const approved = overrides.approved.find(({ id }) => id === override);
    const proposed = overrides.proposals.find(({ id }) => id === proposal);
    if (!approved || !proposed) return [];
    const ended = facts.find(
      (one) => one.type === 'consent.override-ended.v1' && one.data.override === override,
    );
    return {
      ...{ override, country: approved.country },
      proposed: { office: named(proposed.office), at: proposed.at.at },
      approved: told(fact, fact.actor as string as Office, named),
      ends: ended?.time ?? endOf(approved),
    };
  });
