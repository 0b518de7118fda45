import { describe, expect, test } from 'vitest';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Naming, nameDraft } from '../../shared/referral/naming.ts';
import { log, onward, submitted } from '../support/facts.ts';
import {
  abroad,
  border,
  closed,
  contextIn,
  helpline,
  home,
  offices,
  police,
  sender,
  shelter,
  third,
  union,
} from '../support/people.ts';
import { said } from '../support/permission.ts';
import { consentWithdrawn, namedFor, overrideProposed, settled } from '../support/steps.ts';

const begun = log(submitted());
const bySender = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
const proposed = onward(begun, overrideProposed(sender, 'kr2-1'));
const byAbroad = onward(begun, overrideProposed(abroad, 'vn1-1'));
const gone = { ...offices, [sender]: { active: false, takesReferrals: true } };

const names = (
  facts: readonly Fact[],
  row: Naming['row'],
  office: Office,
  country: Country = 'kr',
  directory = offices,
) =>
  said(() => {
    const context = { ...contextIn(country), offices: directory };
    if (!nameDraft(fold(facts), { row, office }, context)) throw new Error('named before');
  });

const badOffice =
  '422 invalid-field: Name an active office of this country, of no such authority (/office)';
const canSettle =
  '409 not-allowed-now: The sender, or a helpline of the origin, can settle it (/row)';
const noOverride = '409 not-allowed-now: No override waits for it (/row)';
const ofOrigin = '409 not-allowed-now: Only the desk of the origin names an office for this (/row)';
const notSuspended = '409 not-allowed-now: The sender is not suspended (/row)';

describe('the desk names', () => {
  test.each<[string, () => string, string]>([
    ['an office of the other country', () => names(bySender, '23', third), badOffice],
    ['an office that is not active', () => names(bySender, '23', closed, 'vn'), badOffice],
    ['an office that nobody knows', () => names(bySender, '23', 'kr-nobody' as Office), badOffice],
    ['an immigration office', () => names(bySender, '23', border), badOffice],
    ['a police office', () => names(byAbroad, '28', police, 'vn'), badOffice],
    ['an office to settle nothing', () => names(begun, '23', shelter), canSettle],
    [
      'an office to settle what another wrote down',
      () => names(onward(begun, consentWithdrawn(abroad, 'vn1-1', 'kr1-1')), '23', shelter),
      canSettle,
    ],
    [
      'an office to settle what is settled',
      () => names(onward(bySender, settled('confirmed', 'kr:system', 'kr2-1')), '23', shelter),
      canSettle,
    ],
    [
      'an office to settle what a helpline can',
      () =>
        names(
          onward(
            log(submitted({ helplines: [helpline] })),
            consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
          ),
          '23',
          shelter,
        ),
      canSettle,
    ],
    ['an office to settle it abroad', () => names(bySender, '23', third, 'vn'), ofOrigin],
    ['a new sender abroad', () => names(begun, 'sender', third, 'vn'), ofOrigin],
    ['a new sender beside one that is active', () => names(begun, 'sender', shelter), notSuspended],
    ['a second office where nobody proposed', () => names(begun, '28', shelter), noOverride],
    [
      'a second office where the sender can approve',
      () => names(onward(begun, overrideProposed(home, 'kr2-1')), '28', shelter),
      noOverride,
    ],
    [
      'an office in what was never heard of',
      () => names([], '28', shelter),
      '404 not-found: No such referral in this country',
    ],
  ])('not %s', (_, told, expected) => {
    expect(told()).toBe(expected);
  });

  test.each<[string, () => string]>([
    ['an office to settle what the sender wrote down', () => names(bySender, '23', shelter)],
    [
      'one where the helpline is abroad',
      () =>
        names(
          onward(
            log(submitted({ helplines: [union] })),
            consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
          ),
          '23',
          shelter,
        ),
    ],
    [
      'one where the only helpline is the sender itself',
      () =>
        names(
          onward(
            log(submitted({ helplines: [sender] })),
            consentWithdrawn(sender, 'kr2-1', 'kr1-1'),
          ),
          '23',
          shelter,
        ),
    ],
    ['a second office where the sender proposed', () => names(proposed, '28', shelter)],
    ['a second office where the sender is abroad', () => names(byAbroad, '28', third, 'vn')],
    ['a new sender for one that is suspended', () => names(begun, 'sender', shelter, 'kr', gone)],
  ])('%s', (_, told) => {
    expect(told()).toBe('allowed');
  });

  test('an office once for each step', () => {
    const again = (facts: readonly Fact[], row: Naming['row'], office: Office) =>
      nameDraft(fold(facts), { row, office }, contextIn('kr'));
    expect(again(onward(bySender, namedFor('23', shelter)), '23', shelter)).toBeUndefined();
    expect(again(onward(bySender, namedFor('23', shelter)), '23', home)).toBeDefined();
    expect(again(onward(bySender, namedFor('28', shelter)), '23', shelter)).toBeDefined();
  });
});
