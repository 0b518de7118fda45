import { invalid, Refused } from '../errors.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, On } from './command.ts';
import type { Content } from './drafts.ts';
import { receiptsDue } from './receipts.ts';

/** What became of an office's own copy; the law that forces it to keep some is sealed, not told. */
export const erasureDraft = (
  { input, caller }: CommandOf<'confirm-erasure'>,
  { referral }: On,
  { codes, at }: Context,
): Content => {
  const { destroyed, kept } = input;
  if (kept !== undefined) codeIn(reasonsOf(codes, 'kept-under-law'), kept, '/kept', at);
  if (!destroyed && kept === undefined)
    throw invalid('/kept', 'Say which law forces your office to keep what is not destroyed');
  const office = 'office' in caller ? caller.office : undefined;
  if (!office || receiptsDue(referral, office).length === 0)
    throw new Refused('not-allowed-now', 409, 'Your office owes no receipt');
  return {
    type: 'erasure.confirmed.v1',
    data: { destroyed, kept: kept !== undefined },
    offices: [...new Set([referral.sender, office])],
  };
};
