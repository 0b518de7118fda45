import type { Instant, Office } from '../../events/envelope.ts';
import type { Directory } from './command.ts';
import { directionTo } from './order.ts';
import type { Line, Referral } from './state.ts';

/** Whether an unexpired grant lets this office see this stage. */
export const covers = (referral: Referral, office: Office, stage: 1 | 2, at: Instant): boolean =>
  referral.consent.grants.some(
    (grant) =>
      grant.office === office &&
      grant.direction === directionTo(referral.origin, office) &&
      grant.stages.includes(stage) &&
      grant.expires > at,
  );

type At = { readonly offices: Directory; readonly at: Instant };

/** The next office of a line's list that was not asked yet, may be asked and is covered. */
export const nextOffice = (
  referral: Referral,
  line: Line,
  { offices, at }: At,
): Office | undefined =>
  line.offices.find((office) => {
    const asked = referral.offers.some((o) => o.office === office && o.offered.includes(line.id));
    const willing = offices[office]?.active && offices[office]?.takesReferrals;
    return !asked && willing && covers(referral, office, 1, at);
  });
