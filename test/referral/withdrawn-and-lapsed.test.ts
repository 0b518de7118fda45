import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { consentStatus } from '../../shared/referral/consent.ts';
import { referralStatus } from '../../shared/referral/lines.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, nextYear, sender, union } from '../support/people.ts';
import { bySupervisor, may } from '../support/permission.ts';
import { consentLapsed, consentWithdrawn, declined, settled } from '../support/steps.ts';

const begun = log(
  submitted({ lines: [[abroad, union]] }),
  declined({}, { next: 'sender', reason: 'other' }),
);
const rest = ['kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const one = onward(begun, consentWithdrawn(abroad, 'vn2-1', 'kr1-1'));
const state = (facts: readonly Fact[]) => {
  const { referral } = honest(facts);
  return [consentStatus(referral), referralStatus(referral), referral.ended !== undefined];
};
const renew = bySupervisor(sender, 'record-consent', {
  ...{ noticeVersion: 'test', noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' },
  grants: [{ office: union, direction: 'kr-vn', stages: [1, 2], expires: nextYear }],
});
/** Once the sender has renewed one of them. */
const renewed = (facts: readonly Fact[]) => after(facts, renew);

describe('when she withdrew one consent, and the others lapse', () => {
  const confirmed = onward(one, settled('confirmed', sender, 'vn2-1'));
  const lapsed = onward(confirmed, consentLapsed(...rest));

  test('the referral goes on, and what lapsed may be renewed', () => {
    expect(state(lapsed)).toEqual(['lapsed', 'active', false]);
    expect(may(lapsed, 'record-consent', sender)).toBe(true);
    expect(state(renewed(lapsed))).toEqual(['active', 'active', false]);
  });

  test('it has ended once she withdraws these too, and it is confirmed', () => {
    const gone = onward(lapsed, consentWithdrawn(abroad, 'vn3-1', ...rest));
    expect(state(gone)).toEqual(['withdrawn', 'active', false]);
    const over = onward(gone, settled('confirmed', sender, 'vn3-1'));
    expect(state(over)).toEqual(['withdrawn', 'revoked', true]);
    const back = onward(gone, settled('refuted', sender, 'vn3-1'));
    expect(state(back)).toEqual(['lapsed', 'active', false]);
  });

  test('these may be renewed while her withdrawal waits', () => {
    const waiting = onward(one, consentLapsed(...rest));
    expect(state(waiting)).toEqual(['withdrawn', 'active', false]);
    expect(state(renewed(waiting))).toEqual(['active', 'active', false]);
  });
});
