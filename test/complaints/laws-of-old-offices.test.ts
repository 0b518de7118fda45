import { expect, test } from 'vitest';
import type { Country } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { isOpen, isServing } from '../../shared/referral/offers.ts';
import { everyHistory } from '../support/every-history.ts';
import { command } from '../support/given.ts';
import { sender, worker } from '../support/people.ts';

// Lines of the table in lifecycle.md, "Complaints about other systems": offices whose turn is over.

const both: readonly Country[] = ['kr', 'vn'];

test('no clock runs for the old office after any history, once its turn is over', () =>
  everyHistory((two) => {
    two.rest();
    const { referral } = two.state('kr');
    if (!referral) throw new Error('no referral');
    const over = referral.offers.filter((offer) => !isOpen(offer) && !isServing(offer));
    for (const country of both)
      for (const clock of clocksOf(referral, two.context(country)))
        expect(over.map(({ id }) => id)).not.toContain(clock.offer);
  }));

test('`withdraw` with `person-request`: no offer is ever made again for that line by the system', () => {
  let stopped = 0;
  return everyHistory((two, n) => {
    const open = two.state('kr').referral?.offers.filter(isOpen) ?? [];
    const offer = open[n % open.length];
    if (!offer) return;
    const wish = command('withdraw', worker(sender), { reason: 'person-request' }, offer.id);
    const fact = two.does(wish);
    if (!fact) return;
    stopped += 1;
    for (const days of [0, 1, 3, 10, 30]) {
      two.minute += days * 24 * 60;
      two.rest();
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
  }).then(() => expect(stopped).toBeGreaterThan(1_000));
});
