import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { OfferId } from '../../events/referral.ts';
import { sightsOf } from '../../shared/referral/sight.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, command } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, sender, union, worker } from '../support/people.ts';
import {
  accepted,
  amended,
  cancelled,
  consentLapsed,
  consentRecorded,
  declined,
  made,
  progressed,
  safetyHeld,
} from '../support/steps.ts';

const sights = (facts: readonly Fact[]) =>
  sightsOf(honest(facts).referral, abroad, contextIn('kr')).length;
const shuts = (facts: readonly Fact[], lines = ['l1']) =>
  after(
    facts,
    command('request-cancellation', worker(sender), { reason: 'safety', lines }, 'kr1-1'),
  );
const confirms = (facts: readonly Fact[]) =>
  after(facts, command('confirm-cancellation', worker(abroad), {}, 'kr1-1'));
const asksAgain = (facts: readonly Fact[]) =>
  after(
    facts,
    command('offer', worker(sender, 'supervisor'), {
      office: abroad,
      lines: ['l1'],
      sameOfficeAgain: 'capacity-now',
    }),
  );
const note = progressed({}, { kind: 'note' });

/** The office abroad has written more facts than the origin. */
const talkative = onward(
  log(submitted({ lines: [[abroad, union]] }), accepted()),
  ...[progressed(), note, note, note],
);

test('an office abroad that confirms stays shut out, though its own count is lower than that of its other offer', () => {
  const two = onward(
    log(submitted({ lines: [[abroad], [union, abroad]] }), accepted()),
    declined({ office: union, offer: 'kr1-2' }),
    safetyHeld(sender, 'kr2-1'),
    amended(sender, { parts: ['identity'] }),
    amended(sender, { parts: ['identity'] }),
    made({ office: abroad, offer: 'kr5-1', actor: sender }, { lines: ['l2'] }),
  );
  const shut = shuts(two);
  expect([sights(shut), sights(confirms(shut))]).toEqual([0, 0]);
});

test('an offer made by who had seen the closing opens it, though the office abroad confirmed at a higher count', () => {
  const again = asksAgain(confirms(shuts(talkative)));
  expect(honest(again).offer('kr1-1').shutIn).toBe(2);
  expect(sights(again)).toBe(1);
});

test('an end for lack of consent shuts nobody out: a renewal and a new offer open it', () => {
  const over = confirms(onward(talkative, consentLapsed('kr1-1')));
  expect(honest(over).offer('kr1-1')).not.toHaveProperty('shutIn');
  const again = asksAgain(
    onward(over, consentRecorded(sender, 'kr3-1', 'kr-vn', { office: abroad })),
  );
  expect(sights(again)).toBe(1);
});

test('a receiver that says to have shut itself out does not', () => {
  const says = cancelled({ actor: abroad }, { cause: 'withdrawn', shut: true });
  const { offer } = honest(onward(talkative, says));
  expect(offer('kr1-1' as OfferId)).not.toHaveProperty('shutIn');
});
