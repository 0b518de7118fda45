import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { asksNext, isOverdue, planToAsk } from '../../shared/referral/overdue.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, home, later, noon, sender } from '../support/people.ts';
import { holds } from '../support/seed.ts';
import {
  accepted,
  arrived,
  consentWithdrawn,
  newer,
  notArrived,
  safetyHeld,
  travelPlanned,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad]] }), accepted());
const planned = onward(begun, travelPlanned(sender, 'kr2-1'));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const destroying: Step = {
  type: 'consent.withdrawal-confirmed.v1',
  actor: sender,
  data: { offices: [sender], withdrawals: ['vn2-1'], destroyed: true },
};
const asked = (country: Country, facts: readonly Fact[]) => planToAsk(fold(facts), country)?.id;
const planOf = (facts: readonly Fact[]) => {
  const plan = planToAsk(fold(facts), 'kr');
  if (!plan) throw new Error('nobody is awaited');
  return plan;
};

describe('the gate is asked', () => {
  test('of the plan that waits, in the country where the date was last sealed', () => {
    expect([asked('kr', planned), asked('vn', planned)]).toEqual(['kr2-1', undefined]);
    const later = onward(planned, travelPlanned(abroad, 'vn2-1'));
    expect([asked('kr', later), asked('vn', later)]).toEqual([undefined, 'vn2-1']);
  });

  test('also while a safety hold is in force', () => {
    expect(asked('kr', onward(planned, safetyHeld(sender, 'kr3-1')))).toBe('kr2-1');
  });

  // Else one bad office, or one call, would silence the alarm.
  test('also while a withdrawal of everything waits to be confirmed', () => {
    expect(asked('kr', onward(planned, consentWithdrawn(abroad, 'vn2-1', ...all)))).toBe('kr2-1');
  });

  test.each<[string, readonly Step[]]>([
    ['she has arrived', [arrived(sender, 'kr2-1')]],
    ['she is known not to have', [notArrived('kr:system', 'kr2-1')]],
    ['what she told is destroyed', [consentWithdrawn(abroad, 'vn2-1', ...all), destroying]],
    ['a fact of a newer type is here', [newer]],
    [
      'the referral is over',
      [{ type: 'referral.entered-in-error.v1', actor: sender, data: { offices: [sender] } }],
    ],
  ])('no more once %s', (_, steps) => {
    expect(asked('kr', onward(planned, ...steps))).toBeUndefined();
  });

  test('again of a later plan, after she was missed', () => {
    const missed = onward(planned, notArrived('kr:system', 'kr2-1'));
    expect(asked('kr', onward(missed, travelPlanned(sender, 'kr4-1')))).toBe('kr4-1');
  });

  test('once a day, counted from the plan', () => {
    const plan = planOf(planned);
    const made = plan.at.at;
    const past = (ms: number) => new Date(Date.parse(made) + ms).toISOString() as Instant;
    const day = 24 * 3_600_000;
    for (const [now, next] of [
      [0, day],
      [day - 1, day],
      [day, 2 * day],
      [9.5 * day, 10 * day],
    ] as const)
      expect(asksNext(plan, past(now))).toBe(past(next));
  });
});

describe('planned date + 3 days', () => {
  const at = (facts: readonly Fact[], instant: string) => {
    const { referral } = fold(facts);
    if (!referral) throw new Error('no referral');
    return isOverdue(referral, '2026-12-24', instant as Instant);
  };

  test('is over when the third day after it has ended in the country where she is to arrive', () => {
    // Midnight in Viet Nam is 17:00 UTC, in Korea 15:00 UTC.
    expect(at(planned, '2026-12-27T16:59:59.999Z')).toBe(false);
    expect(at(planned, '2026-12-27T17:00:00.000Z')).toBe(true);
    const domestic = log({ ...submitted({ lines: [[home]], reach: 'kr' }), reach: 'kr' });
    expect(at(domestic, '2026-12-27T14:59:59.999Z')).toBe(false);
    expect(at(domestic, '2026-12-27T15:00:00.000Z')).toBe(true);
  });

  test('is over for ever after, over the end of a month and of a year', () => {
    const { referral } = fold(planned);
    if (!referral) throw new Error('no referral');
    const over = (date: string, instant: string) => isOverdue(referral, date, instant as Instant);
    expect(over('2026-12-30', '2027-01-02T16:59:00.000Z')).toBe(false);
    expect(over('2026-12-30', '2027-01-02T17:00:00.000Z')).toBe(true);
    expect(over('2028-02-27', '2028-03-01T17:00:00.000Z')).toBe(true);
    expect(over('2020-01-01', noon)).toBe(true);
  });
});

test('no moment at which it is asked depends on the date', () =>
  holds(
    fc.property(fc.integer({ min: 0, max: 400 * 24 * 60 }), (minutes) => {
      const plan = planOf(planned);
      const next = asksNext(plan, later(minutes));
      expect(next > later(minutes)).toBe(true);
      expect((Date.parse(next) - Date.parse(plan.at.at)) % (24 * 3_600_000)).toBe(0);
    }),
    500,
  ));
