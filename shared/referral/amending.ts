import { invalid, Refused } from '../errors.ts';
import { checkServing, officesAtWork } from './at-work.ts';
import type { CommandOf, On } from './command.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { isHigher } from './urgency.ts';

/** A higher urgency; the sealed parts that change come with the vault. */
export const amendDraft = ({ input, caller }: CommandOf<'amend'>, { referral }: On): Content => {
  checkServing(referral, caller);
  if (referralStatus(referral) !== 'active')
    throw new Refused('not-allowed-now', 409, 'The referral is over');
  const { urgency } = input;
  if (!isHigher(urgency, referral.urgency))
    throw invalid('/urgency', `Must be higher than ${referral.urgency}: urgency only rises`);
  return {
    type: 'referral.amended.v1',
    data: { parts: [], urgency },
    offices: officesAtWork(referral),
  };
};
