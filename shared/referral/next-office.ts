import type { Office } from '../../events/envelope.ts';
import type { Context } from './command.ts';
import { covers } from './consent.ts';
import { isClosedTo } from './offers.ts';
import type { Line, Referral } from './state.ts';

/**
 * The next office of a line's list that was not asked yet, may be asked and is covered. One that was shut is not: only a
 * person's offer opens it again. Nor is one that took the referral over and is its sender now.
 */
export const nextOffice = (
  referral: Referral,
  line: Line,
  { offices, at }: Pick<Context, 'offices' | 'at'>,
): Office | undefined =>
  line.offices.find((office) => {
    const asked = referral.offers.some((o) => o.office === office && o.offered.includes(line.id));
    const willing = offices[office]?.active && offices[office]?.takesReferrals;
    return (
      !asked &&
      willing &&
      office !== referral.sender &&
      !isClosedTo(referral, office) &&
      covers(referral, { office, made: { country: referral.origin } }, 1, at)
    );
  });
