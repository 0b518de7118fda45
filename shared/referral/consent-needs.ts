import { aliveGrants, isAllWithdrawn, renewable } from './consent.ts';
import { settleable } from './consenting.ts';
import { referralStatus } from './lines.ts';
import type { May } from './needs.ts';

/** The sender may add, unless she withdrew everything; another office needs something of its own that no withdrawal waits upon. */
export const mayRecord: May = (referral, caller) =>
  referralStatus(referral) === 'active' &&
  !isAllWithdrawn(referral) &&
  'office' in caller &&
  (caller.office === referral.sender || renewable(referral, caller.office).length > 0);

export const hasConsentLeft: May = (referral) => aliveGrants(referral).length > 0;

export const hasWithdrawal: May = (referral, caller) => settleable(referral, caller).length > 0;
