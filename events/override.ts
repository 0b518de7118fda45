import { fact } from './envelope.ts';
import { OverrideId, ProposalId } from './referral.ts';

/** Somebody is in danger, and her consent is missing: one office asks, with a basis that is sealed. */
export const OverrideProposed = fact('consent.override-proposed.v1', { proposal: ProposalId });
/** A supervisor of another office of this country agrees. It counts in this country alone, for 72 hours. */
export const Overridden = fact('consent.overridden.v1', {
  proposal: ProposalId,
  override: OverrideId,
});
export const OverrideEnded = fact('consent.override-ended.v1', { override: OverrideId });
