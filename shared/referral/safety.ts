import type { LiftProposal, SafetyHold } from './flags.ts';
import type { Referral } from './state.ts';

/** Safety holds that nobody has lifted: contact fields are masked, first contact waits, nobody messages her. */
export const holdsInForce = ({ safety }: Referral): SafetyHold[] =>
  safety.holds.filter(({ lifted }) => !lifted);

/** Lifts that wait for a second person. */
export const openProposals = (referral: Referral): LiftProposal[] => {
  const standing = holdsInForce(referral).map(({ id }) => id);
  return referral.safety.proposals.filter(({ holds }) => holds.some((id) => standing.includes(id)));
};
