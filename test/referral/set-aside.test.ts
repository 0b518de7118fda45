import { describe, expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import { abroad, home, sender, stranger, third, union } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToEnd,
  cancelled,
  completed,
  declined,
  made,
  newer,
  progressed,
  started,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));
const taken = onward(begun, accepted());

/** Whether the fact is set aside, and changes nothing else. */
const setAside = (before: readonly Fact[], fact: Fact) => {
  const { referral, setAside } = fold([...before, fact]);
  const untouched = JSON.stringify(referral) === JSON.stringify(fold(before).referral);
  return setAside.includes(fact.id) && untouched;
};
const next = (before: readonly Fact[], step: Step, country: Country) => {
  const count = (c: Country) => before.filter((f) => f.country === c).length;
  return placed(step, country, count(country) + 1, count(country === 'kr' ? 'vn' : 'kr'));
};
const by = (actor: string, step: Step): Step => ({ ...step, actor });

describe('the fold sets aside what another country owns', () => {
  test.each<[string, Step, Country]>([
    ['an answer', acknowledged(), 'kr'],
    ['an acceptance', accepted(), 'kr'],
    ['a refusal', declined(), 'kr'],
    ['the end of an offer of the other', cancelled({ actor: 'kr:system' }), 'kr'],
    ['an offer that is not made in the origin', made({ office: third, offer: 'vn1-1' }), 'vn'],
    ['a request to itself', askedToEnd({ office: home, offer: 'kr1-2' }), 'kr'],
    ['an end in the name of a sender of the other country', cancelled({ actor: sender }), 'vn'],
    [
      'a request in the name of a sender of the other country',
      askedToEnd({ office: home, offer: 'kr1-2' }),
      'vn',
    ],
  ])('%s', (_, step, country) => {
    expect(setAside(begun, next(begun, step, country))).toBe(true);
  });
});

describe('the fold sets aside what a wrong actor wrote', () => {
  test.each<[string, Step]>([
    ['an answer by another office', by(union, acknowledged())],
    ['an acceptance by the system', by('vn:system', accepted())],
    ['an end by the office itself', by(abroad, cancelled())],
    ['an end by a stranger', by(stranger, cancelled())],
    ['an end by the other system', by('kr:system', cancelled())],
  ])('%s', (_, step) => {
    expect(setAside(begun, next(begun, step, 'vn'))).toBe(true);
  });

  test.each<[string, Step]>([
    ['a request by its system', by('kr:system', askedToEnd())],
    ['a request by another office', by(home, askedToEnd())],
    ['an offer by another office', made({ office: union, offer: 'kr2-1', actor: home })],
    ['an offer by its gate', made({ office: union, offer: 'kr2-1', actor: 'kr:gate' })],
  ])('%s', (_, step) => {
    expect(setAside(begun, next(begun, step, 'kr'))).toBe(true);
  });

  test.each(['kr:system', abroad])('a submission by %s', (actor) => {
    expect(fold([placed(by(actor, submitted()), 'kr', 1, 0)]).referral).toBeUndefined();
  });
});

describe('the fold sets aside what names something that was not there', () => {
  test.each<[string, Step, Country]>([
    ['an unknown offer', acknowledged({ offer: 'kr1-9' }), 'vn'],
    ['an unknown line in an acceptance', accepted({}, { lines: ['l1', 'l9'] }), 'vn'],
    ['another offer’s line in an acceptance', accepted({}, { lines: ['l2'] }), 'vn'],
    ['an unknown line in a request', askedToEnd({}, { lines: ['l9'] }), 'kr'],
    ['an unknown line in an end', cancelled({}, { lines: ['l9'] }), 'vn'],
    [
      'an unknown line in an offer',
      made({ office: union, offer: 'kr2-1' }, { lines: ['l9'] }),
      'kr',
    ],
    ['an offer with an id of another slot', made({ office: union, offer: 'kr3-1' }), 'kr'],
    [
      'an offer that replaces nothing',
      made({ office: union, offer: 'kr2-1' }, { replaces: 'kr1-9' }),
      'kr',
    ],
    [
      'an offer that replaces itself',
      made({ office: union, offer: 'kr2-1' }, { replaces: 'kr2-1' }),
      'kr',
    ],
  ])('%s', (_, step, country) => {
    expect(setAside(begun, next(begun, step, country))).toBe(true);
  });

  test('an end with a line that the offer does not serve', () => {
    const serving = onward(taken, progressed(), started());
    const wrong = completed({}, { lines: [{ line: 'l2', state: 'completed', next: 'none' }] });
    expect(setAside(serving, next(serving, wrong, 'vn'))).toBe(true);
  });

  test('an answer that had not seen its offer', () => {
    expect(setAside(begun, placed(acknowledged(), 'vn', 1, 0))).toBe(true);
    const more = onward(begun, declined(), made({ office: union, offer: 'kr2-1' }));
    const early = placed(acknowledged({ office: union, offer: 'kr2-1' }), 'vn', 2, 1);
    expect(setAside(more, early)).toBe(true);
  });

  test('a submission whose offers are not named after its slot', () => {
    const { data, ...rest } = submitted();
    const offers = [{ offer: 'kr2-1', office: abroad, lines: ['l1'] }];
    expect(
      fold([placed({ ...rest, data: { ...data, offers } }, 'kr', 1, 0)]).referral,
    ).toBeUndefined();
  });
});

describe('the fold sets aside what comes at a wrong time', () => {
  test.each<[string, readonly Step[], Step]>([
    ['a second submission', [], submitted()],
    ['a second acceptance', [accepted()], accepted()],
    ['an acknowledgement of what is accepted', [accepted()], acknowledged()],
    ['an acceptance after a refusal', [declined()], accepted()],
    ['a start without an acceptance', [], started()],
    ['progress of what is over', [declined()], progressed()],
    ['an end of what is accepted', [accepted()], cancelled()],
    ['another reach', [], { ...acknowledged(), reach: 'vn' }],
  ])('%s', (_, before, step) => {
    const facts = onward(begun, ...before);
    const country = step.type === 'referral.submitted.v1' ? 'kr' : 'vn';
    expect(setAside(facts, next(facts, step, country))).toBe(true);
  });

  test('a fact whose `seen` falls below an earlier one of its country', () => {
    const facts = onward(begun, acknowledged(), {
      ...askedToEnd({ office: home, offer: 'kr1-2' }),
      country: 'kr',
    });
    const honest = [...facts, placed(accepted(), 'vn', 2, 2)];
    expect(setAside(honest, placed(progressed(), 'vn', 3, 1))).toBe(true);
  });

  test('a first fact that is not the first of its country', () => {
    for (const [seq, seen] of [
      [2, 0],
      [1, 1],
    ] as const)
      expect(fold([placed(submitted(), 'kr', seq, seen)]).referral).toBeUndefined();
  });
});

test('what is set aside counts for seq and seen, and nothing behind it waits', () => {
  const facts = onward(begun, { ...by(union, acknowledged()), country: 'vn' }, accepted());
  const { counts, setAside, referral } = fold(facts);
  expect(counts).toEqual({ kr: 1, vn: 2 });
  expect(setAside).toEqual([facts[1]?.id]);
  expect(referral?.offers[0]?.accepted?.lines).toEqual(['l1']);
});

test('a newer kind of fact is kept and counted, and changes nothing', () => {
  const facts = onward(begun, newer);
  expect(fold(facts)).toEqual({
    ...fold(begun),
    counts: { kr: 1, vn: 1 },
    unknown: [facts[1]?.id],
  });
});

test('a known kind that this version cannot read is set aside', () => {
  const bad = placed({ ...declined(), data: { ...declined().data, reason: 'whim' } }, 'vn', 1, 1);
  expect(setAside(begun, bad)).toBe(true);
});
