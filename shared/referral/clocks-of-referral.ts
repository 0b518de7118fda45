import { isAtWork } from './at-work.ts';
import { checkerOf } from './checking.ts';
import type { Running } from './clock.ts';
import type { Context } from './command.ts';
import { referralStatus } from './lines.ts';
import { readersOf, receiptsDue } from './receipts.ts';
import { holdsInForce } from './safety.ts';
import { known, roundBy } from './since.ts';
import type { Span } from './spans.ts';
import type { Referral } from './state.ts';
import { missingSince } from './travel.ts';

/** `clocks.json`, `withdrawal-confirm`: somebody must ask her whether it is her wish. */
const TO_CONFIRM: Span = { amount: 72, unit: 'hours', atLeastWorkingDays: 2 };

/** It is the sender’s where nobody else can ask her: the desk is called. */
export const ofWithdrawals = (referral: Referral, context: Context): Running[] =>
  referral.consent.withdrawals.flatMap((withdrawal): Running[] =>
    withdrawal.settled
      ? []
      : [
          {
            clock: 'withdrawal-confirm',
            owes: checkerOf(referral, withdrawal) ?? referral.sender,
            round: roundBy(referral, withdrawal.at),
            span: TO_CONFIRM,
            from: known(withdrawal.at, context),
          },
        ],
  );

/** `clocks.json`, `safety-review`: somebody looks whether it is safe again. */
const TO_REVIEW: Span = { amount: 72, unit: 'hours' };

/** The office that raised it looks again; the sender, once that office is done. */
export const ofSafety = (referral: Referral, context: Context): Running[] =>
  referralStatus(referral) === 'active'
    ? holdsInForce(referral).map(({ id, office, at }) => ({
        clock: 'safety-review',
        owes: isAtWork(referral, office) ? office : referral.sender,
        hold: id,
        round: 1,
        span: TO_REVIEW,
        from: known(at, context),
      }))
    : [];

/** `clocks.json`, `not-arrived-follow-up`: the sender finds out where she is, by the safe contact only. */
const TO_FIND_OUT: Span = { amount: 24, unit: 'hours' };

export const ofMissing = (referral: Referral, context: Context): Running[] => {
  const since = missingSince(referral);
  return since && referralStatus(referral) === 'active'
    ? [
        {
          clock: 'not-arrived-follow-up',
          owes: referral.sender,
          round: referral.travel.missing.length,
          span: TO_FIND_OUT,
          from: known(since, context),
        },
      ]
    : [];
};

/** `clocks.json`, `receipt`: what became of an office's own copy. */
const TO_DESTROY: Span = { amount: 10, unit: 'days' };

/** Each office that has read, until it says what became of its copy; its last offer names it, or it is named itself. */
export const ofReceipts = (referral: Referral, context: Context): Running[] => {
  const asked = new Map(referral.offers.map((offer) => [offer.office, offer.id]));
  return readersOf(referral).flatMap((office): Running[] => {
    const due = receiptsDue(referral, office).map((moment) => known(moment, context));
    const from = due.toSorted().at(0);
    if (!from) return [];
    const given = referral.content.receipts.filter((receipt) => receipt.office === office);
    const offer = asked.get(office);
    const about = { owes: office, ...(offer ? { offer } : { office }) };
    return [{ clock: 'receipt', ...about, round: given.length + 1, span: TO_DESTROY, from }];
  });
};
