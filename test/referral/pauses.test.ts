import { describe, expect, test } from 'vitest';
import type { Office } from '../../events/envelope.ts';
import { deskOf, holdPauses, joined, safetyPauses } from '../../shared/referral/pauses.ts';
import type { Pause } from '../../shared/referral/spans.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, police, sender } from '../support/people.ts';
import { accepted, held, lifted, liftProposed, resumed, safetyHeld } from '../support/steps.ts';

/** From and to, in minutes after noon; without `to` it stands still. */
const pause = (from: number, to?: number): Pause => ({
  from: later(from),
  ...(to !== undefined && { to: later(to) }),
});

describe('pauses that overlap are one', () => {
  test.each<[string, Pause[], Pause[]]>([
    ['none', [], []],
    ['one', [pause(1, 2)], [pause(1, 2)]],
    ['two apart', [pause(1, 2), pause(4, 5)], [pause(1, 2), pause(4, 5)]],
    ['two apart, the later first', [pause(4, 5), pause(1, 2)], [pause(1, 2), pause(4, 5)]],
    [
      'three in disorder',
      [pause(7, 8), pause(1, 2), pause(4, 5)],
      [pause(1, 2), pause(4, 5), pause(7, 8)],
    ],
    ['two that touch', [pause(1, 2), pause(2, 5)], [pause(1, 5)]],
    ['two that overlap', [pause(1, 3), pause(2, 5)], [pause(1, 5)]],
    ['one within another', [pause(1, 9), pause(2, 5)], [pause(1, 9)]],
    ['one within another, and a third', [pause(1, 9), pause(2, 5), pause(8, 12)], [pause(1, 12)]],
    ['one that never ends', [pause(1, 3), pause(2)], [pause(1)]],
    ['one that never ends, before others', [pause(1), pause(2, 5), pause(7, 8)], [pause(1)]],
    ['one that never ends, after one', [pause(1, 2), pause(4)], [pause(1, 2), pause(4)]],
    [
      'a second that joins the last of two',
      [pause(1, 2), pause(4, 6), pause(5, 8)],
      [pause(1, 2), pause(4, 8)],
    ],
  ])('%s', (_, given, expected) => {
    expect(joined(given)).toEqual(expected);
  });
});

test('a hold lasts until the service goes on, at most until somebody looks again', () => {
  const of = (...steps: Parameters<typeof onward>[1][]) =>
    holdPauses(
      honest(onward(log(submitted()), accepted(), ...steps)).offer().holds,
      contextIn('vn'),
    );
  expect(of(held())).toEqual([pause(3, 24 * 60)]);
  expect(of(held(), resumed())).toEqual([pause(3, 4)]);
  expect(of(held({}, { review: later(3.5) }), resumed())).toEqual([pause(3, 3.5)]);
  expect(of(held({}, { review: undefined }))).toEqual([pause(3)]);
  expect(of(held({}, { review: undefined }), resumed())).toEqual([pause(3, 4)]);
});

test('a safety hold lasts until it is lifted', () => {
  const begun = onward(log(submitted()), safetyHeld(sender, 'kr2-1'));
  const of = (facts: typeof begun) => safetyPauses(honest(facts).referral, contextIn('kr'));
  expect(of(begun)).toEqual([pause(2)]);
  const over = onward(
    begun,
    liftProposed(abroad, 'vn1-1', 'kr2-1'),
    lifted(sender, 'vn1-1', 'kr2-1'),
  );
  expect(of(over)).toEqual([pause(2, 4)]);
});

test('an authority is a state office, and an office that nobody knows is none', () => {
  expect(deskOf(police, contextIn('vn'))).toMatchObject({ country: 'vn', state: true });
  expect(deskOf(abroad, contextIn('vn'))).toMatchObject({ country: 'vn', state: false });
  expect(deskOf('kr-nobody' as Office, contextIn('kr'))).toEqual({
    ...{ country: 'kr', state: false, schedules: undefined },
  });
});
