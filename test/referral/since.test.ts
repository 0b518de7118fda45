import { expect, test } from 'vitest';
import type { LineId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { isMarked } from '../../shared/referral/deadlines.ts';
import { goingOf } from '../../shared/referral/going.ts';
import { openProposals } from '../../shared/referral/safety.ts';
import { roundOf, waitingSince } from '../../shared/referral/since.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, sender, third, union } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  cancelled,
  completed,
  declined,
  failed,
  lifted,
  liftProposed,
  made,
  placedLine,
  progressed,
  reopened,
  safetyHeld,
  started,
} from '../support/steps.ts';

const two = { lines: ['l1', 'l2'] };
const begun = log(submitted({ lines: [[abroad], [abroad]] }));
const l1 = 'l1' as LineId;
const other = { office: third, offer: 'kr2-1' };

const since = (facts: typeof begun) => {
  const { referral, offer } = honest(facts);
  return goingOf(referral, offer()).map((going) => [going.line, going.since?.seq]);
};

test('a line is asked for since its own request, also when the service has lost another by now', () => {
  const asked = onward(begun, accepted({}, two), askedToCancel({}, two));
  const gone = cancelled({ actor: abroad }, { lines: ['l2'], cause: 'receiver' });
  expect([since(asked), since(onward(asked, gone))]).toEqual([
    [
      ['l1', 2],
      ['l2', 2],
    ],
    [['l1', 2]],
  ]);
});

test('a line is asked for since the origin chose another, or since the first request for that very line', () => {
  const chosen = onward(begun, made(other), accepted(), accepted(other), placedLine('kr2-1'));
  expect(since(chosen)).toEqual([['l1', 3]]);
  const each = ['l2', 'l1', 'l2'].map((line) => askedToCancel({}, { lines: [line] }));
  expect(since(onward(begun, accepted({}, two), ...each))).toEqual([
    ['l1', 3],
    ['l2', 2],
  ]);
});

test('a line waits since the later of two services that dispute it', () => {
  const both = onward(
    begun,
    ...[made(other), accepted(), progressed(), started()],
    ...[accepted(other), progressed(other), started(other)],
  );
  expect(honest(both).line()).toBe('contested');
  expect(waitingSince(honest(both).referral, l1, contextIn('kr'))).toBe(later(6));
});

test('a round of a line counts its own ends and reopenings alone', () => {
  const rows = (...lines: string[]) =>
    lines.map((line) => ({ line, state: 'failed', next: 'sender' }));
  const left = [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }];
  const round = (facts: typeof begun, line = l1) => roundOf(honest(facts).referral, line);
  const taken = onward(begun, accepted({}, { left }));
  expect([round(taken), round(taken, 'l2' as LineId)]).toEqual([1, 2]);
  const second = { office: union, offer: 'kr2-1' };
  const apart = onward(taken, made(second, { lines: ['l2'] }), accepted(second, { lines: ['l2'] }));
  const again = onward(
    apart,
    failed(second, { lines: rows('l2') }),
    reopened(second),
    completed(second, { lines: [{ line: 'l2', state: 'completed', next: 'none' }] }),
  );
  expect([round(again), round(again, 'l2' as LineId)]).toEqual([1, 4]);
});

test('a choice between two that serve a line is another round than the wait before it, and than the one after', () => {
  const [first, second] = [
    { office: union, offer: 'kr2-1' },
    { office: third, offer: 'kr3-1' },
  ];
  const mark: Step = {
    type: 'deadline.missed.v1',
    actor: 'kr:system',
    data: { offices: [sender], clock: 'place', line: 'l1', round: 2, due: later(60) },
  };
  const place = (facts: typeof begun) => {
    const { referral } = honest(facts);
    const clock = clocksOf(referral, contextIn('kr')).find((one) => one.clock === 'place');
    return clock && { round: clock.round, missed: isMarked(referral, clock, 'missed') };
  };
  const alone = log(submitted({ lines: [[abroad]] }));
  const open = onward(alone, declined({}, { next: 'sender', reason: 'other' }));
  expect(place(onward(open, mark))).toEqual({ round: 2, missed: true });
  const disputed = onward(
    onward(open, made(first), made(second), mark),
    ...[accepted(first), accepted(second)],
    ...[progressed(first), started(first), progressed(second), started(second)],
  );
  expect(place(disputed)).toEqual({ round: 3, missed: false });
  const back = [{ line: 'l1', state: 'failed', next: 'sender' }];
  const free = onward(disputed, failed(first, { lines: back }), failed(second, { lines: back }));
  expect(place(free)).toEqual({ round: 5, missed: false });
});

test('a lift waits for its second person until all that it names is lifted', () => {
  const lifting = onward(
    begun,
    ...[safetyHeld(sender, 'kr2-1'), safetyHeld(sender, 'kr3-1')],
    ...[liftProposed(abroad, 'vn1-1', 'kr2-1', 'kr3-1')],
  );
  const waits = (facts: typeof begun) => openProposals(honest(facts).referral).length;
  const half = onward(lifting, lifted(sender, 'vn1-1', 'kr2-1'));
  expect([waits(lifting), waits(half)]).toEqual([1, 1]);
  expect(waits(onward(half, lifted(sender, 'vn1-1', 'kr3-1')))).toBe(0);
});
