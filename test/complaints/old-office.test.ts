import { expect, test } from 'vitest';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { fold } from '../../shared/referral/fold.ts';
import { isOpen, isServing, offerIn } from '../../shared/referral/offers.ts';
import { abroad, contextIn } from '../support/people.ts';
import { situations } from '../support/situations.ts';

// A line of the table in lifecycle.md, "Complaints about other systems": offices whose turn is over.

test.each(Object.entries(situations(abroad, 'vn')))(
  'no clock runs for the old office once its turn is over: %s',
  (_, facts) => {
    const { referral } = fold(facts);
    const offer = referral && offerIn(referral, 'kr1-1' as never);
    if (!referral || !offer || isOpen(offer) || isServing(offer)) return;
    const clocks = (['kr', 'vn'] as const).flatMap((country) =>
      clocksOf(referral, contextIn(country)),
    );
    expect(clocks.filter((clock) => clock.offer === offer.id)).toEqual([]);
  },
);
