import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, later, sender, shelter } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToCancel,
  askedToEnd,
  cancelled,
  completed,
  consentRecorded,
  contentErased,
  declined,
  disclosed,
  erasureConfirmed,
  expired,
  handOverProposed,
  held,
  missed,
  namedFor,
  progressed,
  refusedToCancel,
  reopened,
  started,
  takenOver,
  tookBack,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad], [home]] }));
/** Its gate is shut, whatever else it does. */
const shut = onward(begun, askedToEnd({}, { shut: true }));
/** Whether an office hears a step that would be in the log now. */
const hears = (office: Office, before: readonly Fact[], step: Step) => {
  const data = { ...step.data, offices: [sender, abroad, home] };
  const facts = onward(before, { ...step, data });
  return mayHear(fold(before), office, facts.at(-1) as Fact);
};
const clock = (name: string) => missed({}, { clock: name, round: 1, due: later(60) });

describe('behind a closed gate an office hears', () => {
  test.each<[string, Step]>([
    ['a refusal', declined()],
    ['an acceptance taken back', tookBack()],
    ['an end', cancelled()],
    ['an expiry', expired()],
    ['a withdrawal', askedToEnd()],
    ['a request to end', askedToCancel()],
    ['its own no to that', refusedToCancel()],
    ['that its service closed', completed()],
    ['that it was opened again', reopened()],
    ['that the time to answer a request runs', clock('cancellation')],
    ['that it owes a receipt', clock('receipt')],
    ['what she said of her consent', consentRecorded(abroad, 'vn1-1', 'kr-vn')],
    ['that content was erased', contentErased('vn')],
    ['its own word that it was', erasureConfirmed(abroad)],
  ])('%s', (_, step) => {
    expect(hears(abroad, shut, step)).toBe(true);
  });

  test.each<[string, Step]>([
    ['that it read', acknowledged()],
    ['how the service goes', progressed()],
    ['that another clock runs', clock('decide')],
    [
      'an end of another office’s offer',
      cancelled({ office: home, offer: 'kr1-2', actor: sender }),
    ],
  ])('not %s', (_, step) => {
    expect(hears(abroad, shut, step)).toBe(false);
    expect(hears(abroad, begun, acknowledged())).toBe(true);
  });

  test('nothing of the whole, also while another of its offers is open', () => {
    const two = log(submitted({ lines: [[abroad], [home]] }));
    const again = { type: 'line.stopped.v1', actor: sender, data: { offices: [], line: 'l2' } };
    expect(hears(abroad, two, again)).toBe(true);
    expect(hears(abroad, shut, again)).toBe(false);
  });
});

describe('a sender hears of a service what she allowed', () => {
  const types: [string, Step, string[]][] = [
    ['how it goes', progressed(), ['progress']],
    ['that it waits', held(), ['progress']],
    ['that it closed', completed(), ['outcome', 'progress']],
    ['that it was opened again', reopened(), ['outcome', 'progress']],
    ['who read', disclosed(abroad), ['outcome', 'progress']],
    ['what became of a copy', erasureConfirmed(abroad), ['outcome', 'progress']],
    ['that it was accepted', accepted(), ['none', 'outcome', 'progress']],
  ];
  test.each(types)('%s', (_, step, with_) => {
    const heard = ['none', 'outcome', 'progress'].filter((feedback) =>
      hears(sender, log(submitted({ feedback })), step),
    );
    expect(heard).toEqual(with_);
  });
});

describe('what is written to one office is heard by no other', () => {
  test('who is proposed, or named', () => {
    const proposed = onward(begun, handOverProposed(shelter));
    const named = onward(begun, namedFor('28', shelter));
    for (const facts of [proposed, named]) {
      const fact = facts.at(-1) as Fact;
      const told = { ...fact, data: { ...fact.data, offices: [sender, shelter, home] } };
      expect([shelter, home, sender].map((who) => mayHear(fold(facts), who, told))).toEqual([
        ...[true, false, true],
      ]);
    }
  });

  test('what was set aside is read by nobody', () => {
    const facts = onward(begun, { ...started(), actor: home });
    expect(factFor(sender, facts, facts.at(-1) as Fact)).toBeUndefined();
  });
});

describe('after a hand-over', () => {
  const moved = onward(
    log(submitted({ lines: [[abroad], [home]], helplines: [helpline] })),
    consentRecorded(sender, 'kr2-1', 'kr', { office: shelter }),
    consentRecorded(sender, 'kr3-1', 'vn-kr', { office: shelter }),
    ...[handOverProposed(shelter), takenOver(shelter)],
  );
  const reads = (who: Office) => moved.map((fact) => factFor(who, moved, fact) !== undefined);

  test('the new sender reads the history as the sender’s, the old one nothing more of it', () => {
    expect(reads(shelter).slice(0, 4)).toEqual([true, true, true, true]);
    expect(factFor(shelter, moved, moved[0] as Fact)?.data).toMatchObject({
      helplines: [helpline],
    });
    expect(reads(sender).slice(0, 4)).toEqual([false, false, false, false]);
  });

  test('who was asked reads its own as before', () => {
    expect(reads(abroad)[0]).toBe(true);
    expect(factFor(abroad, moved, moved[0] as Fact)?.data).toMatchObject({ helplines: [] });
    expect(reads(abroad).slice(1, 4)).toEqual([false, false, false]);
  });
});
