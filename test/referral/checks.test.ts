import { describe, expect, test } from 'vitest';
import { Refused } from '../../shared/errors.ts';
import { checkLines, checkOffice } from '../../shared/referral/checks.ts';
import {
  abroad,
  closed,
  full,
  home,
  offices,
  police,
  sender,
  stranger,
} from '../support/people.ts';

const said = (check: () => void) => {
  try {
    check();
    return 'allowed';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return `${error.status} ${error.code} ${'field' in error.more && error.more.field}: ${error.message}`;
  }
};

describe('an office that is asked', () => {
  const directory = {
    ...offices,
    [stranger]: { active: true, takesReferrals: true, authority: 'immigration' },
    [home]: { active: true, takesReferrals: true, authority: 'city' },
  };
  const byName =
    '422 office-unavailable /office: An immigration or police office needs share-with-authorities by name, which waits for the vault';

  test.each([
    [abroad, 'both', 'allowed'],
    [home, 'kr', 'allowed'],
    [sender, 'both', '422 office-unavailable /office: Name another office than your own'],
    [
      closed,
      'both',
      '422 office-unavailable /office: Name an office that is active in the directory',
    ],
    [
      'vn-nowhere',
      'both',
      '422 office-unavailable /office: Name an office that is active in the directory',
    ],
    [full, 'both', '422 office-unavailable /office: Name an office that takes referrals'],
    [police, 'both', byName],
    [stranger, 'both', byName],
    [
      abroad,
      'kr',
      '422 office-unavailable /office: Name an office inside the reach, or submit with reach "both"',
    ],
  ])('%s, reach %s: %s', (office, reach, expected) => {
    const check = () =>
      checkOffice(office as typeof sender, '/office', { sender, reach, offices: directory });
    expect(said(check)).toBe(expected);
  });
});

test.each([
  [['l1'], 'allowed'],
  [['l1', 'l1'], '422 invalid-field /lines: Name each line once'],
  [['l1', 'l3'], '422 invalid-field /lines: Must be among: l1, l2'],
])('the lines %j: %s', (lines, expected) => {
  expect(said(() => checkLines(lines as never, ['l1', 'l2'] as never, '/lines'))).toBe(expected);
});
