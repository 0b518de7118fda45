import { describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { covers } from '../../shared/referral/consent.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, voidOf } from '../../shared/referral/leaving.ts';
import { lineStatus, wayOf } from '../../shared/referral/lines.ts';
import { isShut, offerIn, statusOf } from '../../shared/referral/offers.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, later, nextYear, sender, union } from '../support/people.ts';
import {
  accepted,
  askedToEnd,
  cancelled,
  declined,
  failed,
  made,
  progressed,
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

const one = log(submitted());

describe('an acceptance that crossed a withdrawal', () => {
  const crossed = of(onward(one, accepted(), progressed(), askedToEnd({}, { shut: true })));

  test('stands, as a cancellation request, and the gate is shut', () => {
    expect(statusOf(crossed.offer())).toBe('accepted');
    expect(cancellationOf(crossed.referral, crossed.offer())).toBe('requested');
    expect(isShut(crossed.referral, crossed.offer())).toBe(true);
    expect(voidOf(crossed.referral, crossed.offer())).toBeUndefined();
  });

  test('has no request left when it ended', () => {
    const over = of(onward(one, accepted(), askedToEnd(), failed()));
    expect(cancellationOf(over.referral, over.offer())).toBe('none');
  });
});

describe('an offer is void', () => {
  test('when it is withdrawn: its lines go the strictest way that was asked', () => {
    const asked = onward(one, askedToEnd({}, { next: 'human', shut: true }));
    const { referral, offer } = of(asked);
    expect(voidOf(referral, offer())).toEqual({
      lines: ['l1'],
      cause: 'withdrawn',
      next: 'human',
      shut: true,
    });
  });

  test('when its line is placed elsewhere, of that line alone', () => {
    const two = log(submitted({ lines: [[abroad], [abroad]] }));
    const facts = onward(
      two,
      made({ office: union, offer: 'kr2-1' }),
      accepted({ office: union, offer: 'kr2-1' }),
    );
    const { referral, offer } = of(facts);
    expect(voidOf(referral, offer())).toEqual({
      lines: ['l1'],
      cause: 'placed-elsewhere',
      next: 'none',
      shut: false,
    });
    const after = of(onward(facts, cancelled({}, { cause: 'placed-elsewhere', next: 'none' })));
    expect([statusOf(after.offer()), after.offer().lines]).toEqual(['requested', ['l2']]);
    expect(voidOf(after.referral, after.offer())).toBeUndefined();
  });

  test('when its line is stopped', () => {
    const facts = onward(
      one,
      made({ office: union, offer: 'kr2-1' }),
      declined({}, { next: 'stop', reason: 'already-served' }),
    );
    const { referral, offer } = of(facts);
    expect(voidOf(referral, offer('kr2-1'))).toEqual({
      lines: ['l1'],
      cause: 'stopped',
      next: 'stop',
      shut: false,
    });
  });
});

test('consent covers an office, a stage and a direction, until it expires', () => {
  const { referral } = of(
    log(
      submitted({
        grants: [{ office: abroad, stages: [1], expires: later(60) }, { office: sender }],
      }),
    ),
  );
  const covered = (office = abroad, stage: 1 | 2 = 1, at: Instant = later(59)) =>
    covers(referral, { office, made: { country: 'kr' } }, stage, at);
  expect(covered()).toBe(true);
  expect(covered(abroad, 2)).toBe(false);
  expect(covered(abroad, 1, later(60))).toBe(false);
  expect(covered(abroad, 1, nextYear)).toBe(false);
  expect(covered(union)).toBe(false);
});
