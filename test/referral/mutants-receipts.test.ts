import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { isMarked } from '../../shared/referral/deadlines.ts';
import { receiptsDue } from '../../shared/referral/receipts.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, sender } from '../support/people.ts';
import { isSetAside, next } from '../support/setting-aside.ts';
import {
  accepted,
  consentWithdrawn,
  disclosed,
  erasureConfirmed,
  settled,
} from '../support/steps.ts';

const withdrawn = onward(
  log(submitted({ lines: [[abroad]] })),
  ...[accepted(), disclosed(abroad), consentWithdrawn(abroad, 'vn2-1', 'kr1-1')],
);
const confirmed = onward(withdrawn, settled('confirmed', sender, 'vn2-1'));
const owes = (facts: readonly Fact[]) => receiptsDue(honest(facts).referral, abroad).length;

test('a receipt is owed for what was confirmed, and for nothing that was refuted or waits', () => {
  expect(owes(withdrawn)).toBe(0);
  expect(owes(confirmed)).toBe(1);
  expect(owes(onward(withdrawn, settled('refuted', sender, 'vn2-1')))).toBe(0);
});

test('that a receipt is late is said of its office alone, whichever office the fact names', () => {
  const { referral } = honest(onward(confirmed, disclosed(sender)));
  const [clock] = clocksOf(referral, contextIn('vn', later(60 * 24 * 30))).filter(
    (one) => one.clock === 'receipt' && one.owes === abroad,
  );
  if (!clock) throw new Error('no clock');
  const marked = (mark: object) =>
    isMarked(
      {
        ...referral,
        marks: [{ step: 'missed', clock: 'receipt', round: clock.round, ...mark } as never],
      },
      clock,
      'missed',
    );
  expect(marked({ office: abroad })).toBe(true);
  expect(marked({ office: sender })).toBe(false);
  expect(marked({ office: sender, offer: 'kr1-1' })).toBe(false);
  expect(marked({ offer: 'kr1-1' })).toBe(true); // as an older version wrote it
  expect(marked({ offer: 'kr9-1' })).toBe(false);
});

test('a receipt counts only from who had seen that it read, and what it must destroy', () => {
  const receipt = (seen: number) =>
    next(confirmed, erasureConfirmed(abroad), { country: 'vn', seen });
  expect([1, 2, 3].map((seen) => isSetAside(confirmed, receipt(seen)))).toEqual([
    true,
    true,
    false,
  ]);
});

test('a receipt by who confirmed before it had heard of the reading is set aside', () => {
  const early = onward(
    log(submitted({ lines: [[abroad]] })),
    ...[
      accepted(),
      consentWithdrawn(abroad, 'vn2-1', 'kr1-1'),
      settled('confirmed', sender, 'vn2-1'),
    ],
    disclosed(abroad),
  );
  const receipt = next(early, erasureConfirmed(abroad), { country: 'vn', seen: 2 });
  expect(isSetAside(early, receipt)).toBe(true);
});
