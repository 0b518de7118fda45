import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, sender, shelter } from '../support/people.ts';
import { isSetAside, next, type Slot, withData } from '../support/setting-aside.ts';
import {
  consentWithdrawn,
  missed,
  notArrived,
  safetyHeld,
  travelPlanned,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [home]], helplines: [helpline, shelter] }));
const held = onward(begun, safetyHeld(abroad, 'vn1-1'), safetyHeld(sender, 'kr2-1'));
const lost = onward(begun, travelPlanned(sender, 'kr2-1'), notArrived('kr:system', 'kr2-1'));
const withdrawn = onward(held, consentWithdrawn(sender, 'kr3-1', 'kr1-1'));
/** A system says of a clock of the whole that its time is over. */
const over = (clock: string, more: object = {}, country = 'kr'): Step =>
  withData({ ...missed(), actor: `${country}:system` }, { clock, offer: undefined, ...more });

test.each<[string, boolean, readonly Fact[], Step, Slot?]>([
  ['a hold of its own', false, held, over('safety-review', { hold: 'kr2-1' })],
  [
    'a hold of the other country, once its office is done',
    false,
    held,
    over('safety-review', { hold: 'vn1-1' }),
  ],
  [
    'a hold of its own in the other country',
    false,
    held,
    over('safety-review', { hold: 'vn1-1' }, 'vn'),
    { country: 'vn' },
  ],
  ['a hold that is not there', true, held, over('safety-review', { hold: 'kr9-1' })],
  [
    'a hold that it had not seen',
    true,
    held,
    over('safety-review', { hold: 'vn1-1' }),
    { seen: 0 },
  ],
  ['no hold', true, held, over('safety-review')],
  ['a withdrawal', false, withdrawn, over('withdrawal-confirm', { round: 6 })],
  ['another withdrawal', true, withdrawn, over('withdrawal-confirm', { round: 1 })],
  [
    'a withdrawal and a hold',
    true,
    withdrawn,
    over('withdrawal-confirm', { round: 6, hold: 'kr2-1' }),
  ],
  ['a withdrawal that is not there', true, held, over('withdrawal-confirm')],
  ['her who did not arrive', false, lost, over('not-arrived-follow-up')],
  [
    'her, for a second time that is not there',
    true,
    lost,
    over('not-arrived-follow-up', { round: 2 }),
  ],
  ['her, of whom nobody said so', true, held, over('not-arrived-follow-up')],
  ['her, and a hold', true, lost, over('not-arrived-follow-up', { hold: 'kr2-1' })],
  ['a line’s clock without a line', true, withdrawn, over('place')],
  ['a clock of an office without an offer', true, lost, over('decide')],
])('a deadline of %s is set aside: %s', (_, aside, before, step, slot) => {
  expect(isSetAside(before, next(before, step, slot))).toBe(aside);
});

test('each helpline that was named may give her report, and no other office', () => {
  const reports = (actor: string) => ({
    ...{ type: 'report.given.v1', actor, data: { offices: [sender] } },
  });
  const aside = [sender, helpline, shelter, home].map((office) => {
    const fact = next(begun, reports(office));
    return fold([...begun, fact]).setAside.length;
  });
  expect(aside).toEqual([0, 0, 0, 1]);
});
