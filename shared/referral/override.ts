import type { Country, Instant, Office } from '../../events/envelope.ts';
import type { OverrideId, ProposalId } from '../../events/referral.ts';
import type { Position, Referral } from './state.ts';

/** One office's word that consent must be overridden in its country. */
export type OverrideProposal = {
  readonly id: ProposalId;
  readonly office: Office;
  readonly at: Position;
};

/** Each country's own: it counts for the offices of that country, until its system ends it. */
export type Override = {
  readonly id: OverrideId;
  readonly proposal: ProposalId;
  readonly country: Country;
  readonly at: Position;
  readonly ended: boolean;
};

export type Overrides = {
  readonly proposals: readonly OverrideProposal[];
  readonly approved: readonly Override[];
};

export const overridesIn = ({ overrides }: Referral, country: Country): Override[] =>
  overrides.approved.filter((one) => one.country === country && !one.ended);

/** Proposals of a country that wait: none while one is in force there, else nobody could tell how long it lasts. */
export const openOverrides = ({ overrides }: Referral, country: Country): OverrideProposal[] => {
  const last = overrides.approved.findLast((one) => one.country === country);
  if (last && !last.ended) return [];
  return overrides.proposals.filter(
    ({ at }) => at.country === country && (!last || last.at.seq < at.seq),
  );
};

const HOURS_72 = 72 * 3_600_000;

/** `clocks.json`, `override-ends`. */
export const endOf = ({ at }: Override): Instant =>
  new Date(Date.parse(at.at) + HOURS_72).toISOString() as Instant;

/** Those of this country whose time is over. */
export const overdueOverrides = (referral: Referral, country: Country, at: Instant): Override[] =>
  overridesIn(referral, country).filter((one) => endOf(one) <= at);
