import { invalid, Refused } from '../errors.ts';
import { checkServing, officesAtWork, officesWithContact } from './at-work.ts';
import type { CommandOf, On } from './command.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { countryOf } from './order.ts';
import { isHigher } from './urgency.ts';

/** A higher urgency, or other parts; the safe contact only where the case file is, since no other gate could open it to anybody. */
export const amendDraft = ({ input, caller }: CommandOf<'amend'>, { referral }: On): Content => {
  checkServing(referral, caller);
  if (referralStatus(referral) !== 'active')
    throw new Refused('not-allowed-now', 409, 'The referral is over');
  const { urgency, parts = [] } = input;
  if (urgency === undefined && parts.length === 0)
    throw invalid('/urgency', 'Name a higher urgency, or the parts that change');
  if (urgency !== undefined && !isHigher(urgency, referral.urgency))
    throw invalid('/urgency', `Must be higher than ${referral.urgency}: urgency only rises`);
  const elsewhere = 'office' in caller && countryOf(caller.office) !== referral.origin;
  if (parts.includes('safe-contact') && elsewhere)
    throw new Refused(
      'not-yours-to-do',
      403,
      'Her safe contact is in the other country: tell the office that referred her',
      { field: '/parts' },
    );
  const isSenders = parts.some((part) => part !== 'safe-contact');
  if (isSenders && 'office' in caller && caller.office !== referral.sender)
    throw new Refused('not-yours-to-do', 403, 'Only the sender amends what it wrote of her', {
      field: '/parts',
    });
  if (new Set(parts).size !== parts.length) throw invalid('/parts', 'Name each part once');
  return {
    type: 'referral.amended.v1',
    data: { parts, ...(urgency !== undefined && { urgency }) },
    offices: parts.includes('safe-contact')
      ? officesWithContact(referral)
      : officesAtWork(referral),
  };
};
