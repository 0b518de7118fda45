import type { Office } from '../../events/envelope.ts';
import { isNamed } from './naming-steps.ts';
import { hadSeen, positionOf } from './order.ts';
import { openOverrides, overridesIn } from './override.ts';
import { isParty } from './parties.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';

const withOverrides = (referral: Referral, change: Partial<Referral['overrides']>): Referral => ({
  ...referral,
  overrides: { ...referral.overrides, ...change },
});

/** By an office of the referral; its id follows from its slot. */
export const overrideProposed = (
  referral: Referral,
  fact: Of<'consent.override-proposed.v1'>,
): Referral | undefined => {
  const { proposal: id } = fact.data;
  if (id !== `${fact.country}${fact.seq}-1` || !isParty(referral, fact)) return undefined;
  const one = { id, office: fact.actor as string as Office, at: positionOf(fact) };
  return withOverrides(referral, { proposals: [...referral.overrides.proposals, one] });
};

/** Whether an office may be the second: the sender where it is of this country, or whom the network desk named there. */
export const mayApproveOverride = (referral: Referral, office: string): boolean =>
  office === (referral.sender as string) || isNamed(referral, '28', office);

/** Of its own country, by another office than the one that proposed it. */
export const overridden = (
  referral: Referral,
  fact: Of<'consent.overridden.v1'>,
): Referral | undefined => {
  const { proposal, override: id } = fact.data;
  const { country, seq, actor } = fact;
  const asked = openOverrides(referral, country).find((one) => one.id === proposal);
  const second = asked && actor !== (asked.office as string) && hadSeen(positionOf(fact), asked.at);
  if (!second || id !== `${country}${seq}-1` || !mayApproveOverride(referral, actor))
    return undefined;
  const one = { id, proposal, country, at: positionOf(fact), ended: false };
  return withOverrides(referral, { approved: [...referral.overrides.approved, one] });
};

/** By the system of its country. */
export const overrideEnded = (
  referral: Referral,
  fact: Of<'consent.override-ended.v1'>,
): Referral | undefined => {
  const { country, actor, data } = fact;
  const one = overridesIn(referral, country).find(({ id }) => id === data.override);
  if (!one || actor !== `${country}:system`) return undefined;
  const approved = referral.overrides.approved.map((o) => (o === one ? { ...o, ended: true } : o));
  return withOverrides(referral, { approved });
};
