import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { eraseAt, mustErase } from '../../shared/referral/destroying.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, given } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, helpline, sender, union } from '../support/people.ts';
import { bySupervisor, may, said } from '../support/permission.ts';
import {
  accepted,
  consentLapsed,
  consentWithdrawn,
  contentErased,
  disclosed,
  settled,
} from '../support/steps.ts';

const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const serving = log(
  submitted({ lines: [[abroad, union]], helplines: [helpline] }),
  accepted(),
  disclosed(abroad),
);
const withdraws = (facts: readonly Fact[], grants?: string[], who: Office = helpline) =>
  given(facts).when(
    bySupervisor(who, 'withdraw-consent', {
      identification: 'passphrase',
      ...(grants && { grants }),
    }),
  );
const confirms = bySupervisor(sender, 'confirm-withdrawal');
const clocks = (facts: readonly Fact[], country: 'kr' | 'vn') =>
  clocksOf(honest(facts).referral, contextIn(country), country).map(({ clock }) => clock);

describe('when all her consent has lapsed', () => {
  const lapsed = onward(serving, consentLapsed(...all));

  test.each([sender, abroad, helpline])('%s may withdraw it for her', (who) => {
    expect(may(lapsed, 'withdraw-consent', who)).toBe(true);
    expect(withdraws(lapsed, undefined, who)?.data).toMatchObject({ grants: all });
    expect(withdraws(lapsed, ['kr1-2'], who)?.data).toMatchObject({ grants: ['kr1-2'] });
  });

  test('and once that is confirmed all is destroyed, the office ends and owes a receipt', () => {
    const gone = onward(lapsed, consentWithdrawn(helpline, 'kr4-1', ...all));
    expect(clocks(gone, 'kr')).toContain('withdrawal-confirm');
    expect(clocks(gone, 'vn')).toEqual([]);
    const over = after(gone, confirms);
    expect(over.at(-1)?.data).toMatchObject({ destroyed: true });
    const { referral } = honest(over);
    expect([mustErase(referral), eraseAt(referral, contextIn('vn')) !== undefined]).toEqual([
      ...[true, true],
    ]);
    expect(clocks(over, 'vn').toSorted()).toEqual(['cancellation', 'receipt']);
  });

  test('one that is refuted leaves it lapsed, to be withdrawn again', () => {
    const gone = onward(lapsed, consentWithdrawn(helpline, 'kr4-1', ...all));
    expect(may(gone, 'withdraw-consent', sender)).toBe(false);
    const back = onward(gone, settled('refuted', sender, 'kr4-1'));
    expect(withdraws(back)?.data).toMatchObject({ grants: all });
  });
});

test('one that lapsed is withdrawn with those in force', () => {
  const some = onward(serving, consentLapsed('kr1-2', 'kr1-3'));
  expect(withdraws(some)?.data).toMatchObject({ grants: all });
  const rest = onward(some, consentWithdrawn(abroad, 'vn2-1', 'kr1-1', 'kr1-2'));
  expect(withdraws(rest)?.data).toMatchObject({ grants: ['kr1-3', 'kr1-4', 'kr1-5'] });
});

test('nothing is withdrawn from what is destroyed', () => {
  const erased = onward(serving, contentErased('kr'));
  expect(may(erased, 'withdraw-consent', sender)).toBe(false);
  expect(said(() => withdraws(erased))).toBe(
    '409 not-allowed-now: What was known of her is destroyed',
  );
});
