import { expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Act } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { isOpen, isServing, offerIn } from '../../shared/referral/offers.ts';
import { countryOf } from '../../shared/referral/order.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { log, moreGrants, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { Two } from '../support/histories.ts';
import { abroad, contextIn, home, later, union, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';

const both: readonly Country[] = ['kr', 'vn'];

// A line of the table in lifecycle.md, "Complaints about other systems": offices whose turn is over.

test.each(Object.entries(situations(abroad, 'vn')))(
  'no clock runs for the old office once its turn is over: %s',
  (_, facts) => {
    const { referral } = fold(facts);
    const offer = referral && offerIn(referral, 'kr1-1' as never);
    if (!referral || !offer || isOpen(offer) || isServing(offer)) return;
    const clocks = both.flatMap((country) => clocksOf(referral, contextIn(country)));
    expect(clocks.filter((clock) => clock.offer === offer.id)).toEqual([]);
  },
);

test.each([
  ['in its own country', abroad, union],
  ['across the border', abroad, home],
  ['abroad from home', home, abroad],
])('no clock runs for the old office after onward referral %s', (_, from, to) => {
  const two = new Two(log(submitted({ lines: [[from]], grants: moreGrants, helplines: [] })));
  two.rest();
  const does = (who: Office, name: Act, input: object = {}, offer = 'kr1-1') => {
    const fact = two.does(command(name, worker(who, 'supervisor'), input, offer));
    two.rest();
    if (!fact) throw new Error(`${name} was refused`);
    return fact;
  };
  does(from, 'accept', { lines: ['l1'] });
  does(from, 'hold', { reason: 'awaiting-document', review: later(60 * 24) });
  does(from, 'resume');
  const made = does(from, 'refer-onward', { office: to, lines: ['l1'] });
  const below = made.data.offer as string;
  does(to, 'accept', { lines: ['l1'] }, below);
  const owing = () =>
    both.flatMap((country) =>
      clocksOf(two.state(country).referral as Referral, two.context(country)),
    );
  expect(new Set(owing().map(({ owes }) => owes))).toEqual(new Set([to]));
  const said = two.all().length;
  two.minute += 60 * 24 * 60;
  two.rest();
  const late = two.all().filter(({ type }) => type.startsWith('deadline.'));
  expect(two.all().length).toBeGreaterThan(said);
  expect(late.map(({ data, country }) => [data.offer, country])).toEqual(
    late.map(() => [below, countryOf(to)]),
  );
});
