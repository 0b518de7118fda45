import type { Office } from '../../events/envelope.ts';
import type { SafetyHold } from './flags.ts';
import { hadSeen, momentOf, positionOf } from './order.ts';
import { isParty } from './parties.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';

const withSafety = (referral: Referral, change: Partial<Referral['safety']>): Referral => ({
  ...referral,
  safety: { ...referral.safety, ...change },
});

/** By any party; its id follows from the slot. */
export const raised = (
  referral: Referral,
  fact: Of<'safety-hold.raised.v1'>,
): Referral | undefined => {
  const { hold: id } = fact.data;
  if (!isParty(referral, fact) || id !== `${fact.country}${fact.seq}-1`) return undefined;
  const hold = { id, office: fact.actor as string as Office, at: positionOf(fact) };
  return withSafety(referral, { holds: [...referral.safety.holds, hold] });
};

/** The holds that it names and had seen. */
const known = (
  { safety }: Referral,
  fact: Of<'safety-hold.lift-proposed.v1' | 'safety-hold.lifted.v1'>,
): boolean =>
  fact.data.holds.every((id) =>
    safety.holds.some((hold) => hold.id === id && hadSeen(positionOf(fact), hold.at)),
  );

export const proposed = (
  referral: Referral,
  fact: Of<'safety-hold.lift-proposed.v1'>,
): Referral | undefined => {
  const { proposal: id, holds, by } = fact.data;
  const named = id === `${fact.country}${fact.seq}-1`;
  if (!isParty(referral, fact) || !named || !known(referral, fact)) return undefined;
  const office = fact.actor as string as Office;
  const one = { id, office, ...(by && { by }), at: positionOf(fact), holds };
  return withSafety(referral, { proposals: [...referral.safety.proposals, one] });
};

/** By a second person, of another office; the sender's own two people where nobody else is left. */
export const lifted = (
  referral: Referral,
  fact: Of<'safety-hold.lifted.v1'>,
): Referral | undefined => {
  const { proposal: id, holds, by } = fact.data;
  const proposal = referral.safety.proposals.find((p) => p.id === id);
  if (!proposal || !hadSeen(positionOf(fact), proposal.at) || !isParty(referral, fact))
    return undefined;
  const alone = proposal.office === (fact.actor as string);
  const second = !alone || (fact.actor === (referral.sender as string) && by !== proposal.by);
  if (!second || !holds.every((hold) => proposal.holds.includes(hold))) return undefined;
  const lift = (hold: SafetyHold): SafetyHold =>
    holds.includes(hold.id) ? { lifted: momentOf(fact), ...hold } : hold;
  return withSafety(referral, { holds: referral.safety.holds.map(lift) });
};
