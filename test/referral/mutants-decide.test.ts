import { describe, expect, test } from 'vitest';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { abroad, helpline, sender, shelter, third, union } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import { accepted, consentWithdrawn, namedFor } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [union], [abroad]] }));
const nothing = '404 not-found: No such referral or offer for this office';
const when = (facts: typeof begun, ...of: Parameters<typeof bySupervisor>) =>
  said(() => given(facts).when(bySupervisor(...of)));

describe('it is as if it never was', () => {
  test('to an office, the offer of another', () => {
    for (const name of ['acknowledge', 'decline', 'close'] as const)
      expect(when(begun, union, name, {}, 'kr1-1')).toBe(nothing);
    expect(when(begun, abroad, 'acknowledge', {}, 'kr1-1')).toBe('allowed');
  });

  test('to everybody, an offer that is not there', () => {
    expect(when(begun, sender, 'withdraw', { reason: 'safety' }, 'kr9-1')).toBe(nothing);
    expect(when(begun, abroad, 'acknowledge', {}, 'kr9-1')).toBe(nothing);
    const cancels = command('cancel', { system: 'vn' }, {}, 'kr9-1');
    expect(said(() => given(begun).when(cancels))).toBe(nothing);
  });

  test('to an office that nobody named, what another was named for', () => {
    const withdrawn = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
    const named = onward(withdrawn, namedFor('23', shelter));
    expect(when(named, shelter, 'confirm-withdrawal')).toBe('allowed');
    for (const office of [helpline, third])
      expect(when(named, office, 'confirm-withdrawal')).toBe(nothing);
  });
});

test('an acceptance is the same only with the same lines taken and left, each for the same reason', () => {
  const taken = onward(
    begun,
    accepted({}, { left: [{ line: 'l3', reason: 'no-capacity', next: 'next-office' }] }),
  );
  const again = (lines: string[], ...left: [string, string][]) =>
    when(
      taken,
      abroad,
      'accept',
      { lines, left: left.map(([line, reason]) => ({ line, reason })) },
      'kr1-1',
    );
  const other =
    '409 already-done-differently: accept took effect before, with other input or another key';
  expect(again(['l1'], ['l3', 'no-capacity'])).toBe('allowed');
  for (const differs of [
    again([], ['l3', 'no-capacity']),
    again(['l1', 'l3']),
    again(['l1'], ['l3', 'other']),
  ])
    expect(differs).toBe(other);
});
