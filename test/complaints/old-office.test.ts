import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Act } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { isOpen, isServing, offerIn } from '../../shared/referral/offers.ts';
import { countryOf } from '../../shared/referral/order.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { log, moreGrants, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { anyHistory, Two } from '../support/histories.ts';
import { abroad, contextIn, home, later, sender, union, worker } from '../support/people.ts';
import { holds } from '../support/seed.ts';
import { situations } from '../support/situations.ts';

// Lines of the table in lifecycle.md, "Complaints about other systems": offices whose turn is over.

const both: readonly Country[] = ['kr', 'vn'];

const look = (two: Two) => {
  for (let rounds = 0; rounds < 20; rounds += 1) {
    for (const country of both) two.carry(country);
    const before = two.all().length;
    for (const country of both) while (two.due(country));
    if (two.all().length === before) return;
  }
  throw new Error('no rest');
};

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

test(
  'no clock runs for the old office after any history, once its turn is over',
  () =>
    holds(
      fc.property(anyHistory(), (two) => {
        look(two);
        const { referral } = two.state('kr');
        if (!referral) throw new Error('no referral');
        const over = referral.offers.filter((offer) => !isOpen(offer) && !isServing(offer));
        for (const country of both)
          for (const clock of clocksOf(referral, two.context(country)))
            expect(over.map(({ id }) => id)).not.toContain(clock.offer);
      }),
      1_000,
    ),
  120_000,
);

test.each([
  ['in its own country', abroad, union],
  ['across the border', abroad, home],
  ['abroad from home', home, abroad],
])('no clock runs for the old office after onward referral %s', (_, from, to) => {
  const two = new Two(log(submitted({ lines: [[from]], grants: moreGrants, helplines: [] })));
  look(two);
  const does = (who: Office, name: Act, input: object = {}, offer = 'kr1-1') => {
    const fact = two.does(command(name, worker(who, 'supervisor'), input, offer));
    look(two);
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
  look(two);
  const late = two.all().filter(({ type }) => type.startsWith('deadline.'));
  expect(two.all().length).toBeGreaterThan(said);
  expect(late.map(({ data, country }) => [data.offer, country])).toEqual(
    late.map(() => [below, countryOf(to)]),
  );
});

test('`withdraw` with `person-request`: no offer is ever made again for that line by the system', () => {
  let stopped = 0;
  return holds(
    fc.property(anyHistory(), fc.nat(5), (two, n) => {
      const open = two.state('kr').referral?.offers.filter(isOpen) ?? [];
      const offer = open[n % open.length];
      if (!offer) return;
      const wish = command('withdraw', worker(sender), { reason: 'person-request' }, offer.id);
      const fact = two.does(wish);
      if (!fact) return;
      stopped += 1;
      for (const days of [0, 1, 3, 10, 30]) {
        two.minute += days * 24 * 60;
        look(two);
      }
      const lines = fact.data.lines as readonly LineId[];
      const again = two.own.kr.filter(
        ({ type, actor, seq, data }) =>
          type === 'offer.made.v1' &&
          actor === 'kr:system' &&
          seq > fact.seq &&
          (data.lines as readonly LineId[]).some((line) => lines.includes(line)),
      );
      expect(again).toEqual([]);
    }),
    2_000,
  ).then(() => expect(stopped).toBeGreaterThan(100));
}, 120_000);
