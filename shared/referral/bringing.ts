import { Refused } from '../errors.ts';
import type { Context, Worker } from './command.ts';
import { consentStatus } from './consent.ts';
import { partyOf } from './decide.ts';
import { mustErase } from './destroying.ts';
import { referralStatus } from './lines.ts';
import { rules } from './rules.ts';
import type { State } from './state.ts';
import { inDirectory } from './suspension.ts';

/**
 * Why this worker may not bring a document of the case file now; nothing when it may. Of those who may amend, the sender, where the
 * file is, while the referral is open and she has not withdrawn.
 */
export const whyNoDocument = (
  folded: State,
  caller: Worker,
  { offices }: Pick<Context, 'offices'>,
): Refused | undefined => {
  const { referral, unknown } = inDirectory(folded, offices);
  const party = referral && partyOf(caller, referral, undefined, rules.amend);
  if (!referral || !party) return new Refused('not-found', 404, 'No such referral for this office');
  if (party !== 'sender')
    return new Refused('not-yours-to-do', 403, 'Only the sender may bring documents');
  if (unknown.length > 0)
    return new Refused(
      'newer-fact-here',
      409,
      'A fact of a newer type is here: wait for the update',
    );
  if (mustErase(referral))
    return new Refused(
      'erased',
      409,
      'What was known of this referral is destroyed: nothing is added',
    );
  if (consentStatus(referral) === 'withdrawn')
    return new Refused('not-allowed-now', 409, 'She withdrew her consent');
  if (referralStatus(referral) !== 'active')
    return new Refused('not-allowed-now', 409, 'The referral is over');
  return undefined;
};
