import { describe, expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { wakeAt } from '../../shared/referral/deadlines.ts';
import { eraseAt, erasedDraft, mayErase, mustErase } from '../../shared/referral/destroying.ts';
import { fold } from '../../shared/referral/fold.ts';
import { referralStatus } from '../../shared/referral/lines.ts';
import { log, onward, placed, type Step, submitted } from '../support/facts.ts';
import { abroad, contextIn, later, sender, union } from '../support/people.ts';
import {
  accepted,
  consentLapsed,
  consentWithdrawn,
  contentErased,
  declined,
  settled,
} from '../support/steps.ts';

const DAY = 24 * 60;
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const first = log(submitted({ lines: [[abroad]] }));
const error: Step = {
  type: 'referral.entered-in-error.v1',
  actor: sender,
  data: { offices: [sender] },
};
const stop: Step = {
  type: 'line.stopped.v1',
  actor: sender,
  data: { offices: [sender], line: 'l1' },
};
const confirmed = (destroyed: boolean, ...of: string[]): Step => {
  const { data, ...step } = settled('confirmed', 'kr:system', ...of);
  return { ...step, data: { ...data, destroyed } };
};
const state = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral) throw new Error('no referral');
  return { referral, setAside };
};
const at = (facts: readonly Fact[], country: Country = 'kr', more: object = {}) =>
  eraseAt(state(facts).referral, { ...contextIn(country), ...more });
/** The facts of these logs are a minute apart; so many minutes after noon was the last. */
const last = (facts: readonly Fact[]) =>
  (Date.parse(facts.at(-1)?.time ?? '') - Date.parse(later(0))) / 60_000;

describe('what is finished', () => {
  const ends: [string, string, readonly Fact[]][] = [
    ['completed', 'completed', onward(first, accepted(), closedWell())],
    ['revoked', 'revoked', onward(first, declined(), stop)],
    ['entered in error', 'entered-in-error', onward(first, error)],
  ];
  function closedWell(): Step {
    const lines = [{ line: 'l1', state: 'completed', next: 'none' }];
    const data = { offices: [sender, abroad], offer: 'kr1-1', lines };
    return { type: 'service.closed.v1', actor: abroad, data };
  }

  test.each(ends)(
    'is erased fifteen days after it was %s, by the origin alone',
    (_, status, facts) => {
      expect(referralStatus(state(facts).referral)).toBe(status);
      expect(at(facts)).toBe(later(last(facts) + 15 * DAY));
      expect(at(facts, 'vn')).toBeUndefined();
      const { referral } = state(facts);
      const almost = contextIn('kr', later(last(facts) + 15 * DAY - 1));
      expect(wakeAt(referral, almost)).toBe(at(facts));
    },
  );

  test('counts from its end, whatever is said later', () => {
    const facts = onward(first, error, consentWithdrawn(sender, 'kr3-1', ...all));
    expect(at(facts)).toBe(later(last(facts.slice(0, 2)) + 15 * DAY));
  });

  test('counts from when its end came here', () => {
    const receivedAt = ({ country }: { country: Country }) =>
      country === 'vn' ? later(20 * DAY) : undefined;
    expect(at(ends[0]?.[2] ?? [], 'kr', { receivedAt })).toBe(later(35 * DAY));
  });

  test('is not what was reopened, nor what is not over', () => {
    const reopened: Step = {
      type: 'service.reopened.v1',
      actor: abroad,
      data: { offices: [sender, abroad], offer: 'kr1-1' },
    };
    expect(at(onward(ends[0]?.[2] ?? [], reopened))).toBeUndefined();
    const again = onward(ends[0]?.[2] ?? [], reopened, closedWell());
    expect(at(again)).toBe(later(last(again) + 15 * DAY));
    expect(at(first)).toBeUndefined();
  });

  test('is not what she let lapse in part, until she withdraws that too', () => {
    const facts = onward(
      first,
      consentWithdrawn(sender, 'kr2-1', ...all.slice(1)),
      settled('confirmed', 'kr:system', 'kr2-1'),
      consentLapsed('kr1-1'),
    );
    expect(referralStatus(state(facts).referral)).toBe('active');
    expect(at(facts)).toBeUndefined();
    const rest = consentWithdrawn(sender, 'kr5-1', 'kr1-1');
    const gone = onward(facts, rest, settled('confirmed', 'kr:system', 'kr5-1'));
    expect(referralStatus(state(gone).referral)).toBe('revoked');
    expect(at(gone)).toBe(later(last(gone) + 15 * DAY));
  });

  test('may go for a quarter of an hour after the other country agreed, and not before its time', () => {
    const facts = onward(first, error);
    const { referral } = state(facts);
    const due = last(facts) + 15 * DAY;
    const may = (now: number, agreed: number) =>
      mayErase(referral, contextIn('kr', later(now)), later(agreed));
    expect(may(due, due)).toBe(true);
    expect(may(due + 15, due)).toBe(true);
    expect(may(due + 16, due)).toBe(false);
    expect(may(due - 1, due - 1)).toBe(false);
    expect(mayErase(referral, contextIn('vn', later(due)), later(due))).toBe(false);
  });
});

describe('what must go', () => {
  const withdrawn = onward(first, consentWithdrawn(sender, 'kr2-1', ...all));
  const gone = onward(withdrawn, confirmed(true, 'kr2-1'));

  test('is what a confirmed withdrawal left no grant for, in both countries', () => {
    expect(mustErase(state(withdrawn).referral)).toBe(false);
    expect(mustErase(state(onward(withdrawn, confirmed(false, 'kr2-1'))).referral)).toBe(false);
    expect(mustErase(state(gone).referral)).toBe(true);
    for (const country of ['kr', 'vn'] as const)
      expect(at(gone, country)).toBe(later(last(gone) + 10));
  });

  test('and what the origin has erased; once it is done it is done', () => {
    const here = onward(first, contentErased('kr'));
    expect(mustErase(state(here).referral)).toBe(true);
    expect(at(here)).toBeUndefined();
    expect(at(here, 'vn')).toBe(later(last(here) + 10));
    expect(at(onward(here, contentErased('vn')), 'vn')).toBeUndefined();
  });

  test('is begun by the origin: the other country had seen why, or its word is set aside', () => {
    const [kr, vn] = [contentErased('kr'), contentErased('vn')];
    expect(state(onward(first, vn)).setAside).toHaveLength(1);
    expect(state([...onward(first, kr), placed(vn, 'vn', 1, 1)]).setAside).toHaveLength(1);
    expect(state([...gone, placed(vn, 'vn', 1, 2)]).setAside).toHaveLength(1);
    expect(state(onward(gone, vn)).setAside).toEqual([]);
    expect(state(onward(first, kr, vn)).setAside).toEqual([]);
  });

  test('is told to the sender and to each office that was ever asked', () => {
    const two = log(submitted({ lines: [[abroad], [union]] }));
    expect(erasedDraft(state(onward(two, declined())).referral, 'vn')).toEqual({
      type: 'content.erased.v1',
      reach: 'both',
      actor: 'vn:vault',
      data: { offices: [sender, abroad, union] },
    });
  });
});
