import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { fold } from '../../shared/referral/fold.ts';
import { lineStatus, referralStatus, wayOf } from '../../shared/referral/lines.ts';
import { offerIn, statusOf } from '../../shared/referral/offers.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, third, union } from '../support/people.ts';
import { situations } from '../support/situations.ts';
import {
  accepted,
  askedToEnd,
  cancelled,
  completed,
  declined,
  failed,
  made,
  progressed,
  started,
} from '../support/steps.ts';

const of = (facts: readonly Fact[]) => {
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  const offer = (id = 'kr1-1') => {
    const found = offerIn(referral, id as OfferId);
    if (!found) throw new Error('no such offer');
    return found;
  };
  return {
    referral,
    offer,
    line: (id = 'l1') => lineStatus(referral, id as LineId),
    way: (id = 'l1') => wayOf(referral, id as LineId),
  };
};

const table = `
  requested    requested    offered  none         active
  received     received     offered  none         active
  accepted     accepted     placed   none         active
  contacted    accepted     placed   none         active
  in-progress  in-progress  placed   none         active
  completed    completed    closed   none         active
  failed       failed       closed   none         active
  rejected     rejected     open     next-office  active
  for-a-human  rejected     open     human        active
  elsewhere    requested    placed   none         active
  cancelled    cancelled    stopped  stop         active
  asked        requested    offered  none         active
  asked-later  received     offered  none         active
  crossed      accepted     placed   none         active`;

test.each(
  table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/) as [string, string, string, string, string]),
)(
  'when it is %s the offer is %s, its line %s, its way %s, the referral %s',
  (name, offer, line, way, referral) => {
    const now = of(situations(abroad, 'vn')[name] ?? []);
    expect([statusOf(now.offer()), now.line(), now.way(), referralStatus(now.referral)]).toEqual([
      offer,
      line,
      way,
      referral,
    ]);
  },
);

const one = log(submitted());

describe('a referral', () => {
  test('is completed when every line is closed or stopped and one is closed', () => {
    const lines = [[abroad], [union]];
    const half = onward(
      log(submitted({ lines })),
      accepted(),
      progressed(),
      started(),
      completed(),
    );
    expect(referralStatus(of(half).referral)).toBe('active');
    const whole = onward(
      half,
      declined({ office: union, offer: 'kr1-2' }, { next: 'stop', reason: 'other' }),
    );
    expect(referralStatus(of(whole).referral)).toBe('completed');
  });

  test('is revoked when all lines are stopped', () => {
    expect(referralStatus(of(onward(one, askedToEnd(), cancelled())).referral)).toBe('revoked');
  });
});

describe('the way of a line is the strictest of what was said', () => {
  test.each([
    ['next-office', 'sender', 'sender'],
    ['human', 'next-office', 'human'],
    ['stop', 'next-office', 'stop'],
    ['none', 'next-office', 'next-office'],
  ])('%s, then %s: %s', (first, second, strictest) => {
    const facts = onward(
      one,
      declined({}, { next: first, reason: 'other' }),
      made({ office: union, offer: 'kr2-1' }),
      declined({ office: union, offer: 'kr2-1' }, { next: second, reason: 'other' }),
    );
    expect(of(facts).way()).toBe(strictest);
  });

  test('a request counts once its offer has ended', () => {
    const asked = onward(one, accepted(), progressed(), askedToEnd({}, { next: 'stop' }));
    expect(of(asked).way()).toBe('none');
    expect(of(onward(asked, failed())).way()).toBe('stop');
  });

  test('her stop survives whatever the office answered', () => {
    const crossed = onward(one, declined(), { ...askedToEnd({}, { next: 'stop' }) });
    expect(of(crossed).way()).toBe('stop');
    expect(of(crossed).line()).toBe('stopped');
  });
});

test('an acceptance in part keeps its lines and lets the others go', () => {
  const two = log(
    submitted({
      lines: [
        [abroad, union],
        [abroad, third],
      ],
    }),
  );
  const left = [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }];
  const now = of(onward(two, accepted({}, { lines: ['l1'], left })));
  expect([now.line('l1'), now.line('l2'), now.way('l2')]).toEqual([
    'placed',
    'open',
    'next-office',
  ]);
});
