import { expect, test } from 'vitest';
import type { ClockName } from '../../events/deadline.ts';
import { watchedBy } from '../../shared/referral/watched.ts';
import { log, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad } from '../support/people.ts';

const { referral, offer } = honest(log(submitted({ lines: [[abroad]] })));

test.each<[string, string | undefined, string | undefined]>([
  ['acknowledge', 'vn', undefined],
  ['decide', 'vn', undefined],
  ['cancellation', 'vn', undefined],
  ['first-contact', 'vn', undefined],
  ['feedback', 'vn', undefined],
  ['hold-review', 'vn', undefined],
  ['receipt', 'vn', undefined],
  ['answer', 'kr', undefined],
  ['place', undefined, 'kr'],
  ['withdrawal-confirm', undefined, 'kr'],
  ['not-arrived-follow-up', undefined, 'kr'],
  ['safety-review', undefined, 'kr'],
  ['whim', undefined, undefined],
])(
  'the clock %s is watched where its office is: of an offer abroad %s, of the referral %s',
  (clock, ofOffer, ofReferral) => {
    expect(watchedBy(clock as ClockName, referral, offer())).toBe(ofOffer);
    expect(watchedBy(clock as ClockName, referral, undefined)).toBe(ofReferral);
  },
);
