import { invalid } from '../errors.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, On } from './command.ts';
import { mustErase } from './destroying.ts';
import type { Content } from './drafts.ts';
import { hasLongKnown } from './present-contact.ts';
import { checkSafe } from './safeguarding.ts';

/** A passphrase could be known to whom she flees; somebody else's word is not hers. */
const ways: readonly string[] = ['in-person-document', 'in-person-known', 'call-back-safe-number'];

/** She asked who saw what; she is seen, or called back on a safe contact that is 14 days old. */
export const reportDraft = (
  { input }: CommandOf<'give-report'>,
  { referral }: On,
  { codes, at }: Context,
): Content => {
  const rows = reasonsOf(codes, 'identification').filter(({ code }) => ways.includes(code));
  codeIn(rows, input.identification, '/identification', at);
  const isCalledBack = input.identification === 'call-back-safe-number';
  if (isCalledBack && (mustErase(referral) || !hasLongKnown(referral, at)))
    throw invalid(
      '/identification',
      'No safe contact is 14 days old, or it is destroyed: see her in person (in-person-document, in-person-known)',
    );
  checkSafe(referral, 'A safety hold is in force: she gets her report once it is lifted');
  return { type: 'report.given.v1', data: {}, offices: [referral.sender] };
};
