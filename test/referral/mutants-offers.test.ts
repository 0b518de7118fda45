import { expect, test } from 'vitest';
import type { LineId } from '../../events/referral.ts';
import { pendingOn, previousOffer, requestsOn } from '../../shared/referral/offers.ts';
import { log, onward, onwardGrants, submitted } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, third, union } from '../support/people.ts';
import { accepted, askedToCancel, referred, refusedToCancel } from '../support/steps.ts';

const both = { lines: ['l1', 'l2'] };
const begun = log(submitted({ lines: [[abroad], [abroad]], grants: onwardGrants }));

test('an offer of several lines comes before a further one for any of them', () => {
  const { referral } = honest(begun);
  for (const lines of [['l1'], ['l2'], ['l1', 'l2']])
    expect(previousOffer(referral, lines as LineId[])?.id).toBe('kr1-1');
});

test('a request asks for the lines that it names, and for no other', () => {
  const { referral, offer, leaving } = honest(
    onward(begun, accepted({}, both), askedToCancel({}, { lines: ['l2'], next: 'human' })),
  );
  const asked = (line: string) => requestsOn(referral, offer(), line as LineId).length;
  expect([asked('l1'), asked('l2')]).toEqual([0, 1]);
  expect(leaving()).toMatchObject({ lines: ['l2'], next: 'human' });
});

test('a request is answered by the office asked or by one below it, not by one above', () => {
  const child = { office: union, offer: 'vn2-1' };
  const low = { office: third, offer: 'vn4-1' };
  const walked = onward(
    begun,
    ...[accepted({}, both), referred({ to: union, offer: 'vn2-1' }), accepted(child)],
    ...[referred({ by: union, to: third, offer: 'vn4-1' }, { partOf: 'vn2-1' }), accepted(low)],
    askedToCancel(child),
  );
  const waits = (...steps: Parameters<typeof onward>[1][]) => {
    const { referral, offer } = honest(onward(walked, ...steps));
    return ['kr1-1', 'vn2-1', 'vn4-1'].map((id) => pendingOn(referral, offer(id)).length);
  };
  expect(waits()).toEqual([0, 1, 1]);
  expect(waits(refusedToCancel())).toEqual([0, 1, 1]);
  expect(waits(refusedToCancel(child))).toEqual([0, 0, 0]);
  expect(waits(refusedToCancel(low))).toEqual([0, 1, 0]);
});
