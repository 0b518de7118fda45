import type { Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import { isNamed } from './naming-steps.ts';
import { hadSeen, momentOf, positionOf } from './order.ts';
import type { Grant, Referral, Withdrawal } from './state.ts';

type Of<T extends ReferralFact['type']> = Extract<ReferralFact, { type: T }>;
type Recorded = Of<'consent.recorded.v1'>;

/** Grants as a fact records them. */
export const grantsOf = (fact: ReferralFact, grants: Recorded['data']['grants']): Grant[] =>
  grants.map(({ grant, office, direction, stages, onward, expires }) => ({
    ...{ id: grant, office, direction, stages, onward, expires },
    recorded: positionOf(fact),
  }));

const withConsent = (referral: Referral, change: Partial<Referral['consent']>): Referral => ({
  ...referral,
  consent: { ...referral.consent, ...change },
});

/** The sender adds; another office with her narrows or renews what it had. Ids follow from the slot. */
export const recorded = (referral: Referral, fact: Recorded): Referral | undefined => {
  const { grants, records } = referral.consent;
  const office = fact.actor as string as Office;
  const named = fact.data.grants.every(
    ({ grant }, i) => grant === `${fact.country}${fact.seq}-${i + 1}`,
  );
  const forItself = fact.data.grants.every((grant) => grant.office === office);
  const own = office === referral.sender;
  const party = referral.offers.some(
    (o) => o.office === office && hadSeen(positionOf(fact), o.made),
  );
  if (!named || !(own || (party && forItself))) return undefined;
  const { keepsScopes = false } = fact.data;
  const all = [...grants, ...grantsOf(fact, fact.data.grants)];
  return withConsent(referral, {
    grants: all,
    records: [...records, { office, own, keepsScopes, at: positionOf(fact) }],
  });
};

/** What it closes is judged by what it had seen: another fold must not close more. */
export const withdrawn = (
  referral: Referral,
  fact: Of<'consent.withdrawn.v1'>,
): Referral | undefined => {
  const { withdrawal, grants } = fact.data;
  const at = positionOf(fact);
  const named = referral.consent.grants.filter(({ id }) => grants.includes(id));
  const known =
    named.length === grants.length && named.every(({ recorded }) => hadSeen(at, recorded));
  if (!known || withdrawal !== `${fact.country}${fact.seq}-1`) return undefined;
  const closes = named.map(({ office, direction }) => ({ office, direction }));
  const one: Withdrawal = { id: withdrawal, office: fact.actor as string as Office, at, closes };
  return withConsent(referral, { withdrawals: [...referral.consent.withdrawals, one] });
};

type Settles = Of<'consent.withdrawal-confirmed.v1'> | Of<'consent.withdrawal-refuted.v1'>;

/** In the origin, by somebody else than who wrote the withdrawal down, or by the clock; it settles what it names and had seen. */
export const settled = (referral: Referral, fact: Settles): Referral | undefined => {
  const at = positionOf(fact);
  const { withdrawals } = referral.consent;
  const named = withdrawals.filter(({ id }) => fact.data.withdrawals.includes(id));
  const may = named.every((w) => hadSeen(at, w.at) && w.office !== (fact.actor as string));
  const known = named.length === fact.data.withdrawals.length;
  const how = fact.type === 'consent.withdrawal-refuted.v1' ? 'refuted' : 'confirmed';
  const desks = [referral.sender, ...referral.helplines].includes(fact.actor as string as Office);
  const byDesk = desks || isNamed(referral, '23', fact.actor);
  const byClock = how === 'confirmed' && fact.actor === `${fact.country}:system`;
  if (fact.country !== referral.origin || !may || !known || !(byDesk || byClock)) return undefined;
  const settle = (w: Withdrawal): Withdrawal =>
    named.includes(w) && !w.settled ? { ...w, settled: how, settledAt: momentOf(fact) } : w;
  const destroys = fact.type === 'consent.withdrawal-confirmed.v1' && fact.data.destroyed;
  const { destroyed, destroyedBy = momentOf(fact) } = referral.consent;
  return withConsent(referral, {
    withdrawals: withdrawals.map(settle),
    destroyed: destroyed || destroys,
    ...((destroyed || destroys) && { destroyedBy }),
  });
};

/** By the origin's system alone. */
export const lapsed = (referral: Referral, fact: Of<'consent.lapsed.v1'>): Referral | undefined => {
  const known = fact.data.grants.every((id) =>
    referral.consent.grants.some((g) => g.id === id && hadSeen(positionOf(fact), g.recorded)),
  );
  if (fact.country !== referral.origin || fact.actor !== `${fact.country}:system` || !known)
    return undefined;
  return withConsent(referral, { lapsed: [...referral.consent.lapsed, ...fact.data.grants] });
};
