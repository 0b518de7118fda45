import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, sender, stranger, third, union } from '../support/people.ts';
import { by, isSetAside, next, type Slot, withData } from '../support/setting-aside.ts';
import {
  accepted,
  acknowledged,
  asked,
  askedToCancel,
  cancelled,
  consentLapsed,
  consentRecorded,
  consentWithdrawn,
  expired,
  inError,
  made,
  missed,
  placedLine,
  reminded,
  settled,
  stoppedLine,
  told,
} from '../support/steps.ts';

const first = submitted({ lines: [[abroad, union], [home]], helplines: [helpline] });
const begun = log(first);
const rivals = onward(
  begun,
  accepted(),
  made({ office: third, offer: 'kr2-1' }),
  accepted({ office: third, offer: 'kr2-1' }),
);
const questioned = onward(begun, asked());
const withdrawn = onward(begun, consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));

const clock = { clock: 'place', offer: undefined, line: 'l1' };
const ofLine = withData(by('kr:system', missed()), clock);
const ofHers = withData(ofLine, { clock: 'withdrawal-confirm', line: undefined, round: 3 });

describe('what the origin may write is taken', () => {
  test.each<[string, readonly Fact[], Step, Slot?]>([
    ['a stop by the sender', begun, stoppedLine()],
    ['an error by the sender', begun, inError],
    ['a choice by the system', rivals, placedLine('kr2-1')],
    ['a choice by the sender', rivals, placedLine('kr1-1', 'l1', sender)],
    ['a deadline of a line', begun, ofLine],
    ['a deadline of her withdrawal', withdrawn, ofHers],
    ['an answer to a question', questioned, told()],
    ['a request to end a service', rivals, askedToCancel()],
    [
      'a request to end a service at home',
      begun,
      askedToCancel({ office: home, offer: 'kr1-2' }, { lines: ['l2'] }),
    ],
    ['a withdrawal by a helpline', begun, consentWithdrawn(helpline, 'kr2-1', 'kr1-1')],
    ['a confirmation by the sender', withdrawn, settled('confirmed', sender, 'vn1-1')],
    ['a refutation by the sender', withdrawn, settled('refuted', sender, 'vn1-1')],
    ['a lapse by the system', begun, consentLapsed('kr1-1')],
  ])('%s', (_, before, step, slot) => {
    expect(isSetAside(before, next(before, step, slot))).toBe(false);
  });
});

describe('the fold sets aside in the origin', () => {
  test.each<[string, readonly Fact[], Step, Slot?]>([
    ['a stop by another office', begun, by(home, stoppedLine())],
    ['a stop of a line that is not there', begun, stoppedLine('l9')],
    ['an error by another office', begun, by(home, inError)],
    ['a choice by another office', rivals, placedLine('kr2-1', 'l1', home)],
    ['a choice of a line that was not offered', rivals, placedLine('kr2-1', 'l2')],
    ['a choice of an offer that is not there', rivals, placedLine('kr9-1')],
    ['an end of the next round of questions', questioned, told({}, { round: 2 })],
    ['an answer to a question by another office', questioned, by(home, told())],
    ['an answer to no question', begun, told()],
    ['a deadline by the sender', begun, by(sender, ofLine)],
    ['a deadline of a line that is not there', begun, withData(ofLine, { line: 'l9' })],
    ['a deadline of a line and an offer', begun, withData(ofLine, { offer: 'kr1-2' })],
    ['a deadline of nothing', begun, withData(ofLine, { line: undefined })],
    ['a deadline of an office abroad', begun, by('kr:system', missed())],
    ['a deadline of a clock that nobody knows', begun, withData(ofLine, { clock: 'decide' })],
    ['a deadline of no withdrawal', begun, ofHers],
    ['a deadline of the next withdrawal', withdrawn, withData(ofHers, { round: 2 })],
    ['a deadline of her withdrawal about a line', withdrawn, withData(ofHers, { line: 'l9' })],
    ['a withdrawal by a stranger', begun, consentWithdrawn('kr-invented-other', 'kr2-1', 'kr1-1')],
    ['a withdrawal under another name', begun, consentWithdrawn(sender, 'kr3-1', 'kr1-1')],
    [
      'a withdrawal of a grant that is not there',
      begun,
      consentWithdrawn(sender, 'kr2-1', 'kr1-9'),
    ],
    ['a confirmation by another office', withdrawn, settled('confirmed', home, 'vn1-1')],
    [
      'a confirmation by who withdrew',
      onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1')),
      settled('confirmed', sender, 'kr2-1'),
    ],
    ['a confirmation of what is not there', withdrawn, settled('confirmed', sender, 'vn9-1')],
    [
      'a confirmation that had not seen it',
      withdrawn,
      settled('confirmed', sender, 'vn1-1'),
      { seen: 0 },
    ],
    ['a lapse by the sender', begun, by(sender, consentLapsed('kr1-1'))],
    ['a lapse of what is not there', begun, consentLapsed('kr1-9')],
    [
      'a record by an office that was never asked',
      begun,
      consentRecorded('kr-invented-other' as never, 'kr2-1', 'kr'),
    ],
    ['a record under another name', begun, consentRecorded(sender, 'kr3-1', 'vn-kr')],
    [
      'an end in the name of a system of the other country',
      begun,
      by('vn:system', cancelled({ office: home, offer: 'kr1-2' }, { lines: ['l2'] })),
    ],
    ['an office whose name only begins like its country', begun, by('krx', stoppedLine())],
  ])('%s', (_, before, step, slot) => {
    expect(isSetAside(before, next(before, step, slot))).toBe(true);
  });
});

describe('the fold sets aside abroad', () => {
  const there: Slot = { country: 'vn' };
  test.each<[string, readonly Fact[], Step, Slot?]>([
    ['an offer of the sender', begun, made({ office: union, offer: 'vn1-1', actor: sender })],
    ['an offer of its system', begun, made({ office: union, offer: 'vn1-1', actor: 'vn:system' })],
    ['a choice of its system', rivals, placedLine('kr2-1', 'l1', 'vn:system')],
    ['a lapse of its system', begun, by('vn:system', consentLapsed('kr1-1'))],
    ['a confirmation', withdrawn, settled('confirmed', union, 'vn1-1')],
    ['an expiry at home', begun, by('vn:system', expired({ office: home, offer: 'kr1-2' }))],
    ['an expiry by the office', begun, by(abroad, expired())],
    [
      'a step of an offer that it had not seen',
      rivals,
      acknowledged({ office: third, offer: 'kr2-1' }),
      { seen: 1 },
    ],
    [
      'a reminder of an offer that it had not seen',
      onward(begun, made({ office: third, offer: 'kr2-1' })),
      reminded({ office: third, offer: 'kr2-1' }),
      { seen: 1 },
    ],
    [
      'a record of a grant for another office',
      begun,
      withData(consentRecorded(abroad, 'vn1-1', 'kr-vn'), {
        grants: [
          {
            grant: 'vn1-1',
            office: union,
            direction: 'kr-vn',
            stages: [1],
            onward: [],
            expires: '2027-11-23T00:00:00.000Z',
          },
        ],
      }),
    ],
    ['a withdrawal by a stranger', begun, consentWithdrawn(stranger, 'vn1-1', 'kr1-1')],
  ])('%s', (_, before, step, slot) => {
    expect(isSetAside(before, next(before, step, { ...there, ...slot }))).toBe(true);
  });

  test('a choice that had not seen the offer', () => {
    const offered = onward(begun, accepted(), made({ office: third, offer: 'kr2-1' }));
    // Slot kr/2 made it: a fact in slot kr/2 of another log cannot have known it.
    const facts = offered.filter(({ seq, country }) => country === 'vn' || seq === 1);
    expect(isSetAside(facts, next(facts, placedLine('kr2-1')))).toBe(true);
  });
});
