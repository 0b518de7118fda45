import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { dueSteps } from '../../shared/referral/deadlines.ts';
import { log, moreGrants, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, sender, third } from '../support/people.ts';
import { accepted, consentWithdrawn, handedOn, referred, settled } from '../support/steps.ts';

const child = { office: third, offer: 'vn2-1' };
const serving = log(
  submitted({ lines: [[abroad]], grants: moreGrants }),
  accepted(),
  referred({ to: third, offer: child.offer }),
  accepted(child),
  handedOn(),
);
/** The grant by which an office of Viet Nam was referred to from there. */
const inside = (facts: readonly Fact[]) =>
  honest(facts)
    .referral.consent.grants.filter((g) => g.office === third && g.direction === 'vn')
    .map(({ id }) => id);
const asked = onward(serving, consentWithdrawn(sender, 'kr2-1', ...inside(serving)));
const clocks = (facts: readonly Fact[]) =>
  clocksOf(honest(facts).referral, contextIn('vn')).filter((c) => c.clock === 'cancellation');

test('an office that was referred to inside the other country has its time to end once the withdrawal is confirmed', () => {
  expect(honest(asked).leaving('vn2-1')).toMatchObject({ cause: 'consent' });
  expect(clocks(asked)).toEqual([]);
  const confirmed = onward(asked, settled('confirmed', 'kr:system', 'kr2-1'));
  expect(clocks(confirmed)).toMatchObject([{ owes: third, offer: 'vn2-1' }]);
  const late = contextIn('vn', later(30 * 24 * 60));
  expect(dueSteps(honest(confirmed).referral, late).map(({ command }) => command.do)).toEqual([
    ...['miss-deadline', 'confirm-cancellation'],
  ]);
});

test('a withdrawal of another way to the same office starts no clock for it', () => {
  const { grants } = honest(serving).referral.consent;
  const across = grants.filter((g) => g.office === third && g.direction === 'kr-vn');
  const other = onward(
    serving,
    consentWithdrawn(sender, 'kr2-1', ...across.map(({ id }) => id)),
    settled('confirmed', 'kr:system', 'kr2-1'),
  );
  expect(clocks(other)).toEqual([]);
});
