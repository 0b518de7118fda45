import { grantsLeft, isAllWithdrawn, renewable } from './consent.ts';
import { settleable } from './consenting.ts';
import { mustErase } from './destroying.ts';
import { referralStatus } from './lines.ts';
import type { May } from './needs.ts';

/** The sender may add, unless she withdrew everything; another office needs something of its own that no withdrawal waits upon. */
export const mayRecord: May = (referral, caller) =>
  referralStatus(referral) === 'active' &&
  !isAllWithdrawn(referral) &&
  'office' in caller &&
  (caller.office === referral.sender || renewable(referral, caller.office).length > 0);

/** Lapsed or not, while a vault holds anything. */
export const hasConsentLeft: May = (referral) =>
  !mustErase(referral) && grantsLeft(referral).length > 0;

export const hasWithdrawal: May = (referral, caller) => settleable(referral, caller).length > 0;
