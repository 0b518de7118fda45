import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import {
  closedForGood,
  consentStatus,
  covers,
  hasConsent,
  isClosedByHer,
  isWithdrawnForGood,
  namedOnward,
  renewable,
} from '../../shared/referral/consent.ts';
import { nextOffice } from '../../shared/referral/next-office.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, nextYear, sender, third, union } from '../support/people.ts';
import { next } from '../support/setting-aside.ts';
import { consentLapsed, consentRecorded, consentWithdrawn, settled } from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [union]] }));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
/** The sender and the office write down her consent at the same time; neither knows of the other's record. */
const crossing = (bySender: object, byOffice: object) => [
  ...begun,
  next(begun, consentRecorded(sender, 'kr2-1', 'kr-vn', { office: abroad, ...bySender })),
  next(begun, consentRecorded(abroad, 'vn1-1', 'kr-vn', byOffice), { country: 'vn' }),
];
const asked = { office: abroad, made: { country: 'kr' as const } };
const of = (facts: readonly Fact[]) => honest(facts).referral;

describe('of two records that did not know of each other, both must allow', () => {
  const two = crossing({}, {});
  test('that she consents at all', () => {
    expect(hasConsent(of(two), asked)).toBe(true);
    expect(hasConsent(of(onward(two, consentLapsed('kr2-1'))), asked)).toBe(false);
    expect(hasConsent(of(onward(two, consentLapsed('vn1-1'))), asked)).toBe(false);
  });

  test('what the office may see, and until when', () => {
    const sees = (facts: readonly Fact[], stage: 1 | 2, at = later(60)) =>
      covers(of(facts), asked, stage, at);
    expect([sees(two, 1), sees(two, 2)]).toEqual([true, true]);
    for (const facts of [crossing({ stages: [1] }, {}), crossing({}, { stages: [1] })])
      expect([sees(facts, 1), sees(facts, 2)]).toEqual([true, false]);
    const short = crossing({ expires: later(120) }, {});
    expect([sees(short, 1), sees(short, 1, later(120))]).toEqual([true, false]);
  });

  test('whom she may be referred to, until either is over', () => {
    const both = crossing({ onward: [union, third] }, { onward: [third], expires: later(120) });
    expect(namedOnward(of(both), asked, later(60))).toEqual([third]);
    expect(namedOnward(of(both), asked, later(120))).toEqual([]);
    const over = crossing({ onward: [third], expires: later(120) }, { onward: [third] });
    expect(namedOnward(of(over), asked, later(120))).toEqual([]);
    expect(namedOnward(of(two), { ...asked, office: third as Office }, nextYear)).toEqual([]);
    const none = onward(two, consentLapsed('kr2-1'));
    expect(namedOnward(of(none), asked, later(60))).toEqual([]);
  });

  test('that a withdrawal is undone: each must have seen it', () => {
    const withdrawn = onward(begun, consentWithdrawn(abroad, 'vn1-1', 'kr1-1', 'kr1-2'));
    const renews = next(withdrawn, consentRecorded(sender, 'kr2-1', 'kr-vn', { office: abroad }));
    const unseen = next(withdrawn, consentRecorded(sender, 'kr2-1', 'kr-vn', { office: abroad }), {
      seen: 0,
    });
    expect(isClosedByHer(of(withdrawn), asked)).toBe(true);
    expect(isClosedByHer(of([...withdrawn, renews]), asked)).toBe(false);
    expect(isClosedByHer(of([...withdrawn, unseen]), asked)).toBe(true);
    const half = next([...withdrawn, unseen], consentRecorded(abroad, 'vn2-1', 'kr-vn'), {
      ...{ country: 'vn', seen: 1 },
    });
    expect(isClosedByHer(of([...withdrawn, unseen, half]), asked)).toBe(true);
    const confirmed = onward([...withdrawn, unseen, half], settled('confirmed', sender, 'vn1-1'));
    expect(closedForGood(of(confirmed), asked)).toMatchObject({ country: 'kr', seq: 3 });
  });
});

describe('a withdrawal closes', () => {
  const both = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2'));
  test('each office that it names, and no other, until it is refuted', () => {
    const closed = (facts: readonly Fact[]) =>
      [abroad, union, third].map((office) => isClosedByHer(of(facts), { office }));
    expect(closed(both)).toEqual([true, true, false]);
    const refuted = onward(begun, consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));
    expect(closed(onward(refuted, settled('refuted', sender, 'vn1-1')))).toEqual([
      ...[false, false, false],
    ]);
  });

  test('what an office could renew, until it is settled', () => {
    const kept = (facts: readonly Fact[]) =>
      [abroad, union, third].map((office) => renewable(of(facts), office).length);
    expect(kept(begun)).toEqual([1, 1, 1]);
    expect(kept(both)).toEqual([0, 0, 1]);
  });

  test('an office for good from the first confirmation on', () => {
    const two = onward(
      begun,
      consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
      consentWithdrawn(union, 'vn2-1', 'kr1-1'),
    );
    const confirmed = onward(
      two,
      settled('confirmed', sender, 'vn2-1'),
      settled('confirmed', sender, 'vn1-1'),
    );
    expect(closedForGood(of(two), asked)).toBeUndefined();
    expect(closedForGood(of(confirmed), asked)).toMatchObject({ country: 'kr', seq: 2 });
    expect(
      closedForGood(of(onward(two, settled('refuted', sender, 'vn1-1'))), asked),
    ).toBeUndefined();
  });
});

describe('with no grant left she has', () => {
  const refuted = onward(
    begun,
    consentWithdrawn(abroad, 'vn1-1', 'kr1-1'),
    settled('refuted', sender, 'vn1-1'),
  );
  test('let it lapse, where every withdrawal was refuted', () => {
    const lapsed = of(onward(refuted, consentLapsed(...all)));
    expect([consentStatus(lapsed), isWithdrawnForGood(lapsed)]).toEqual(['lapsed', false]);
    expect(consentStatus(of(onward(begun, consentLapsed(...all))))).toBe('lapsed');
  });

  test('withdrawn it, where one was not, and for good once that is confirmed', () => {
    const again = onward(refuted, consentWithdrawn(abroad, 'vn2-1', ...all));
    expect([consentStatus(of(again)), isWithdrawnForGood(of(again))]).toEqual(['withdrawn', false]);
    const confirmed = onward(again, settled('confirmed', sender, 'vn2-1'));
    expect([consentStatus(of(confirmed)), isWithdrawnForGood(of(confirmed))]).toEqual([
      ...['withdrawn', true],
    ]);
  });
});

test('nobody is asked next whom the directory does not know', () => {
  const referral = of(begun);
  const [line] = referral.lines;
  if (!line) throw new Error('no line');
  expect(nextOffice(referral, line, contextIn('kr'))).toBe(union);
  expect(nextOffice(referral, line, { ...contextIn('kr'), offices: {} })).toBeUndefined();
});
