import { describe, expect, test } from 'vitest';
import { referralStatus } from '../../shared/referral/lines.ts';
import { statusOf } from '../../shared/referral/offers.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, home, sender, third, union } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  askedToEnd,
  completed,
  consentWithdrawn,
  declined,
  failed,
  inError,
  made,
  progressed,
  settled,
  started,
} from '../support/steps.ts';

const one = log(submitted());
const second = { office: third, offer: 'kr2-1' };
const begun = (of = {}) => [progressed(of), started(of)];

describe('a line', () => {
  const two = log(
    submitted({
      lines: [
        [abroad, home],
        [abroad, home],
      ],
    }),
  );

  test('is closed by its own outcome, not by that of the other line', () => {
    const rows = [
      { line: 'l1', state: 'completed', next: 'none' },
      { line: 'l2', state: 'failed', next: 'sender' },
    ];
    const of = honest(
      onward(
        two,
        accepted({}, { lines: ['l1', 'l2'] }),
        ...begun(),
        completed({}, { lines: rows }),
      ),
    );
    expect([of.line(), of.line('l2'), referralStatus(of.referral)]).toEqual([
      'closed',
      'open',
      'active',
    ]);
    expect(statusOf(of.offer())).toBe('completed');
  });

  test('is stopped for good when she withdrew everything and it was confirmed', () => {
    const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
    const steps = [
      consentWithdrawn(abroad, 'vn1-1', ...all),
      settled('confirmed', sender, 'vn1-1'),
    ];
    const of = honest(onward(one, ...steps));
    expect([of.line(), referralStatus(of.referral)]).toEqual(['stopped', 'revoked']);
  });

  test('is stopped by an error, and so is the referral', () => {
    const of = honest(onward(one, declined({}, { next: 'sender' }), inError));
    expect([of.line(), referralStatus(of.referral)]).toEqual(['stopped', 'entered-in-error']);
  });

  test('is no longer closed once the referral is an error', () => {
    const of = honest(onward(one, accepted(), ...begun(), completed(), inError));
    expect([of.line(), referralStatus(of.referral)]).toEqual(['stopped', 'entered-in-error']);
  });
});

describe('an offer is asked to end', () => {
  test('with a shut gate if one of the requests shuts it, and by the strictest way', () => {
    const of = honest(
      onward(
        one,
        accepted(),
        askedToCancel({}, { next: 'human', shut: true }),
        askedToCancel({}, { next: 'sender', shut: false }),
      ),
    );
    expect(of.leaving()).toEqual({ lines: ['l1'], cause: 'withdrawn', next: 'human', shut: true });
  });

  test('by an error, with all its lines and for good', () => {
    expect(honest(onward(one, inError)).leaving()).toEqual({
      lines: ['l1'],
      cause: 'error',
      next: 'stop',
      shut: false,
    });
  });

  test('while it is open, when its line is disputed or closed by others', () => {
    const third_ = { office: union, offer: 'kr3-1' };
    const open = onward(one, made(second), made(third_));
    const elsewhere = { lines: ['l1'], cause: 'placed-elsewhere', next: 'none', shut: false };
    const disputed = honest(onward(open, accepted(), accepted(second)));
    expect([disputed.line(), disputed.leaving('kr3-1')]).toEqual(['contested', elsewhere]);
    const closed = honest(onward(open, accepted(), ...begun(), completed()));
    expect([closed.line(), closed.leaving('kr3-1')]).toEqual(['closed', elsewhere]);
  });

  test('no more once it has ended, whatever was asked before', () => {
    for (const facts of [
      onward(one, askedToEnd(), declined()),
      onward(one, accepted(), failed(), inError),
    ])
      expect([honest(facts).leaving(), honest(facts).asked()]).toEqual([undefined, 'none']);
  });

  test('is shown only of a service: an open offer is ended instead', () => {
    expect(honest(onward(one, askedToEnd())).asked()).toBe('none');
  });
});
