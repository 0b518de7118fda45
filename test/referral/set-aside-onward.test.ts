import { describe, expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, moreGrants, onward, placed, type Step, submitted } from '../support/facts.ts';
import { abroad, home, sender, third, union } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  completed,
  consentRecorded,
  declined,
  failed,
  handedOn,
  held,
  made,
  progressed,
  referred,
  resumed,
  started,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [abroad]], grants: moreGrants }));
const taken = onward(begun, accepted());
const toHome = referred({ to: home, offer: 'vn2-1' });
const child = { office: home, offer: 'vn2-1' };
const offered = onward(taken, toHome);

const next = (before: readonly Fact[], step: Step, country: Country, seen?: number): Fact => {
  const count = (c: Country) => before.filter((f) => f.country === c).length;
  return placed(step, country, count(country) + 1, seen ?? count(country === 'kr' ? 'vn' : 'kr'));
};
/** Whether the fact is set aside, and changes nothing else. */
const isSetAside = (before: readonly Fact[], fact: Fact) => {
  const { referral, setAside } = fold([...before, fact]);
  expect(fold(before).setAside).toEqual([]);
  return (
    setAside.includes(fact.id) && JSON.stringify(referral) === JSON.stringify(fold(before).referral)
  );
};

describe('an offer below another', () => {
  test('is kept when the office that serves her made it, in its country', () => {
    expect(isSetAside(taken, next(taken, toHome, 'vn'))).toBe(false);
    const running = onward(taken, progressed(), started());
    const right = referred({ to: home, offer: 'vn4-1' });
    expect(isSetAside(running, next(running, right, 'vn'))).toBe(false);
  });

  test.each<[string, Step, Country]>([
    ['another office', referred({ by: union, to: home, offer: 'vn2-1' }), 'vn'],
    ['the sender', referred({ by: sender, to: home, offer: 'kr2-1' }), 'kr'],
    ['a system', { ...toHome, actor: 'vn:system' }, 'vn'],
    ['the wrong country', { ...referred({ to: home, offer: 'kr2-1' }) }, 'kr'],
    ['an id of another slot', referred({ to: home, offer: 'vn3-1' }), 'vn'],
    ['a line that it left', referred({ to: home, offer: 'vn2-1' }, { lines: ['l2'] }), 'vn'],
    ['a line twice', referred({ to: home, offer: 'vn2-1' }, { lines: ['l1', 'l1'] }), 'vn'],
    ['a line that is none', referred({ to: home, offer: 'vn2-1' }, { lines: ['l9'] }), 'vn'],
    ['an unknown parent', referred({ to: home, offer: 'vn2-1' }, { partOf: 'kr9-1' }), 'vn'],
    ['an unknown predecessor', referred({ to: home, offer: 'vn2-1' }, { replaces: 'kr9-1' }), 'vn'],
  ])('is set aside with %s', (_, step, country) => {
    expect(isSetAside(taken, next(taken, step, country))).toBe(true);
  });

  test.each<[string, readonly Step[]]>([
    ['was not accepted', []],
    ['was declined', [declined()]],
    ['has ended', [accepted(), failed()]],
    ['waits', [accepted(), held()]],
  ])('is set aside when the one above %s', (_, steps) => {
    const before = onward(begun, ...steps);
    const offer = `vn${steps.length + 1}-1`;
    expect(isSetAside(before, next(before, referred({ to: home, offer }), 'vn'))).toBe(true);
  });

  test('is kept again when the one above goes on', () => {
    const before = onward(taken, held(), resumed());
    const right = referred({ to: home, offer: 'vn4-1' });
    expect(isSetAside(before, next(before, right, 'vn'))).toBe(false);
  });

  test('is kept though the sender asked to cancel what is above, unseen or seen', () => {
    const before = onward(taken, askedToCancel());
    for (const seen of [1, 2])
      expect(isSetAside(before, next(before, toHome, 'vn', seen))).toBe(false);
  });

  test('is set aside when it names an offer that it had not seen', () => {
    const later = onward(taken, made({ office: union, offer: 'kr2-1' }));
    const unseen = referred({ to: home, offer: 'vn2-1' }, { replaces: 'kr2-1' });
    expect(isSetAside(later, next(later, unseen, 'vn', 1))).toBe(true);
    expect(isSetAside(later, next(later, unseen, 'vn', 2))).toBe(false);
  });
});

test('an office records consent for itself only once it knows that it was asked', () => {
  const record = consentRecorded(home, 'kr2-1', 'vn-kr');
  expect(isSetAside(offered, next(offered, record, 'kr', 1))).toBe(true);
  expect(isSetAside(offered, next(offered, record, 'kr', 2))).toBe(false);
});

describe('handing lines on', () => {
  const over = onward(offered, accepted(child));
  const of = (data: object) => ({ ...handedOn(), data: { ...handedOn().data, ...data } });
  const line = { line: 'l1', state: 'completed', next: 'none' };

  test('is the system’s of its country, once it saw an acceptance', () => {
    expect(isSetAside(over, next(over, handedOn(), 'vn'))).toBe(false);
  });

  test('also when the acceptance was taken back unseen', () => {
    const back = onward(over, { ...declined(child), type: 'offer.acceptance-withdrawn.v1' });
    expect(isSetAside(back, next(back, handedOn(), 'vn', 2))).toBe(false);
  });

  test.each<[string, Step, Country]>([
    ['the office itself', { ...handedOn(), actor: abroad }, 'vn'],
    ['the other country', { ...handedOn(), actor: 'kr:system' }, 'kr'],
    ['a system that does not say so', of({ onward: false }), 'vn'],
    ['a line as failed', of({ lines: [{ ...line, state: 'failed' }] }), 'vn'],
    ['a line that goes on', of({ lines: [{ ...line, next: 'sender' }] }), 'vn'],
    ['a line that nobody took', of({ lines: [{ ...line, line: 'l2' }] }), 'vn'],
    ['the same line twice', of({ lines: [line, line] }), 'vn'],
  ])('is set aside by %s', (_, step, country) => {
    expect(isSetAside(over, next(over, step, country))).toBe(true);
  });

  test('is set aside before an acceptance, and when it had not seen it', () => {
    expect(isSetAside(offered, next(offered, handedOn(), 'vn'))).toBe(true);
    expect(isSetAside(over, next(over, handedOn(), 'vn', 1))).toBe(true);
  });

  test('is set aside once the office has closed by itself', () => {
    const closed = onward(over, failed());
    expect(isSetAside(closed, next(closed, handedOn(), 'vn'))).toBe(true);
  });

  test('is set aside when it comes again, and by an office that would close with its mark', () => {
    const twice = onward(over, handedOn());
    expect(isSetAside(twice, next(twice, handedOn(), 'vn'))).toBe(true);
    const marked = { ...completed(child), data: { ...completed(child).data, onward: true } };
    expect(isSetAside(over, next(over, marked, 'kr'))).toBe(true);
    expect(isSetAside(over, next(over, { ...made({ office: third, offer: 'kr3-1' }) }, 'kr'))).toBe(
      false,
    );
  });
});
