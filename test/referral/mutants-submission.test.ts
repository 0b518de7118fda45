import { describe, expect, test } from 'vitest';
import type { OfferId } from '../../events/referral.ts';
import { fold } from '../../shared/referral/fold.ts';
import { offerIn } from '../../shared/referral/offers.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, union } from '../support/people.ts';
import { by, isSetAside, next, type Slot, withData } from '../support/setting-aside.ts';
import { askedToCancel, askedToEnd } from '../support/steps.ts';

const first = submitted({ lines: [[abroad, union], [home]], helplines: [helpline] });
const begun = log(first);

describe('a submission counts only whole', () => {
  const offers = (second: object) =>
    withData(first, {
      offers: [
        { offer: 'kr1-1', office: abroad, lines: ['l1'] },
        { offer: 'kr1-2', office: home, lines: ['l2'], ...second },
      ],
    });
  const lines = (...named: string[]) =>
    withData(first, { lines: named.map((line) => ({ line, offices: [abroad] })) });
  test.each<[string, Step, Slot?]>([
    ['with a wrong name of its second offer', offers({ offer: 'kr1-3' })],
    ['with an offer of the other country’s name', offers({ offer: 'vn1-2' })],
    ['with a line that is offered twice', offers({ lines: ['l1'] })],
    ['with an offer of a line that is not there', offers({ lines: ['l3'] })],
    ['with a line that is named twice', lines('l1', 'l2', 'l2')],
    ['by a system', by('kr:system', first)],
    ['by an office of the other country', by(abroad, first)],
    ['of a country that had seen something', first, { seen: 1 }],
  ])('not %s', (_, step, slot) => {
    expect(fold([next([], step, slot)]).referral).toBeUndefined();
  });

  test('and only in the first slot, and once', () => {
    expect(fold([placed(first, 'kr', 2, 0)]).referral).toBeUndefined();
    expect(isSetAside(begun, next(begun, first))).toBe(true);
    expect(isSetAside(begun, next(begun, by(abroad, first), { country: 'vn' }))).toBe(true);
  });
});

test('a request to end is no withdrawal in the country that owns the offer', () => {
  const facts = onward(begun, askedToCancel({ office: home, offer: 'kr1-2' }, { lines: ['l2'] }));
  const offer = offerIn(fold(facts).referral as never, 'kr1-2' as OfferId);
  expect(offer?.requests).toMatchObject([{ withdrawal: false, lines: ['l2'] }]);
  const refused = next(begun, askedToEnd({ office: home, offer: 'kr1-2' }, { lines: ['l2'] }));
  expect(isSetAside(begun, refused)).toBe(true);
  const tooMany = next(begun, askedToCancel({}, { lines: ['l1', 'l2'] }));
  expect(isSetAside(begun, tooMany)).toBe(true);
});
