import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { receiptsDue } from '../../shared/referral/receipts.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, sender } from '../support/people.ts';
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
