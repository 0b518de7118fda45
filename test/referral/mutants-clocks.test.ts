import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { fold } from '../../shared/referral/fold.ts';
import { busy } from '../support/busy.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, contextIn, later, sender, union } from '../support/people.ts';
import {
  accepted,
  amended,
  asked,
  consentWithdrawn,
  declined,
  disclosed,
  erasureConfirmed,
  settled,
  told,
  travelPlanned,
} from '../support/steps.ts';

const DAY = 24 * 60;
const clocks = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral || setAside.length > 0) throw new Error(`set aside: ${setAside.join()}`);
  return clocksOf(referral, contextIn('kr'));
};
const named = (facts: readonly Fact[], name: string) =>
  clocks(facts).filter(({ clock }) => clock === name);

describe('a rise of the urgency', () => {
  /** Raised so many days later. */
  const raised = (days: number, urgency = 'urgent') => {
    const facts = onward(busy, amended(sender, { urgency }));
    return facts.map((fact, i) => (i < busy.length ? fact : { ...fact, time: later(days * DAY) }));
  };

  test('gives nobody more time than before: of each clock the one that is over first counts', () => {
    expect(new Set(clocks(busy).map(({ clock }) => clock))).toEqual(
      new Set([
        'cancellation',
        'decide',
        'acknowledge',
        'answer',
        'safety-review',
        'withdrawal-confirm',
        'place',
      ]),
    );
    expect(clocks(raised(30))).toEqual(clocks(busy));
  });

  test('starts them anew where that is sooner', () => {
    const before = clocks(busy);
    const after = clocks(raised(0.1, 'emergency'));
    expect(after.map(({ clock, offer, round }) => [clock, offer, round])).toEqual(
      before.map(({ clock, offer, round }) => [clock, offer, round]),
    );
    const of = (name: string) => after.filter(({ clock }) => clock === name).map(({ due }) => due);
    expect(of('acknowledge')).toEqual([later(0.1 * DAY + 60)]);
    expect(of('cancellation')).toEqual([later(0.1 * DAY + 240), later(0.1 * DAY + 240)]);
  });

  test('gives an open line no more time, each by itself', () => {
    const away = { reason: 'other', next: 'human' };
    const open = onward(
      log(submitted({ lines: [[abroad], [union]] })),
      declined({}, away),
      declined({ office: union, offer: 'kr1-2' }, away),
    );
    const facts = onward(open, amended(sender, { urgency: 'urgent' })).map((fact, i) =>
      i < open.length ? fact : { ...fact, time: later(30 * DAY) },
    );
    expect(named(facts, 'place').map(({ line }) => line)).toEqual(['l1', 'l2']);
    expect(named(facts, 'place')).toEqual(named(open, 'place'));
  });
});

test('no answer is owed once it is given', () => {
  const waits = onward(log(submitted()), asked());
  expect(named(waits, 'answer')).toHaveLength(1);
  expect(named(onward(waits, told()), 'answer')).toEqual([]);
});

test('a clock that stands still is due at no time, and promises no day', () => {
  const still = onward(log(submitted()), travelPlanned(sender, 'kr2-1'), accepted());
  const [clock] = named(still, 'first-contact');
  expect(clock).toMatchObject({ owes: abroad, due: undefined, provisional: false });
});

test('each office owes its own receipts, whoever else gave one', () => {
  const grants = ['kr1-1', 'kr1-2'];
  const two = onward(
    log(submitted({ lines: [[abroad], [union]] })),
    ...[accepted(), accepted({ office: union, offer: 'kr1-2' }, { lines: ['l2'] })],
    ...[disclosed(abroad), disclosed(union), consentWithdrawn(sender, 'kr4-1', ...grants)],
    settled('confirmed', 'kr:system', 'kr4-1'),
  );
  expect(named(two, 'receipt').map(({ owes, round }) => [owes, round])).toEqual([
    [abroad, 1],
    [union, 1],
  ]);
  expect(
    named(onward(two, erasureConfirmed(union)), 'receipt').map(({ owes, round }) => [owes, round]),
  ).toEqual([[abroad, 1]]);
});
