import { describe, expect, test } from 'vitest';
import { checkLines, checkOffice } from '../../shared/referral/checks.ts';
import { abroad, closed, full, home, offices, police, sender } from '../support/people.ts';
import { said } from '../support/permission.ts';

describe('an office that is asked', () => {
  test.each([
    [abroad, 'both', 'allowed'],
    [home, 'kr', 'allowed'],
    [sender, 'both', '422 office-unavailable: Name another office than your own (/office)'],
    [
      closed,
      'both',
      '422 office-unavailable: Name an office that is active in the directory (/office)',
    ],
    [
      'vn-nowhere',
      'both',
      '422 office-unavailable: Name an office that is active in the directory (/office)',
    ],
    [full, 'both', '422 office-unavailable: Name an office that takes referrals (/office)'],
    [police, 'both', 'allowed'], // as far as she named it: her consent is looked at apart
    [
      abroad,
      'kr',
      '422 office-unavailable: Name an office inside the reach, or submit with reach "both" (/office)',
    ],
  ])('%s, reach %s: %s', (office, reach, expected) => {
    const check = () => checkOffice(office as typeof sender, '/office', { sender, reach, offices });
    expect(said(check)).toBe(expected);
  });
});

test.each([
  [['l1'], 'allowed'],
  [['l1', 'l1'], '422 invalid-field: Name each line once (/lines)'],
  [['l1', 'l3'], '422 invalid-field: Must be among: l1, l2 (/lines)'],
])('the lines %j: %s', (lines, expected) => {
  expect(said(() => checkLines(lines as never, ['l1', 'l2'] as never, '/lines'))).toBe(expected);
});
