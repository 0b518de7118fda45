import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { factFor } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { holdsInForce } from '../../shared/referral/safety.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, contextIn, home, later, sender, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToEnd,
  completed,
  declined,
  lifted,
  liftProposed,
  progressed,
  safetyHeld,
  started,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));
const taken = onward(begun, accepted());
const held = onward(taken, safetyHeld(sender, 'kr2-1'));
const proposed = onward(held, liftProposed(abroad, 'vn2-1', 'kr2-1'));

type Act = Parameters<typeof command>[0];
const does = (facts: readonly Fact[], name: Act, who: Worker, input: object = {}): Fact[] =>
  after(facts, command(name, who, input));
const second = (office: Office) => worker(office, 'supervisor');
const inForce = (facts: readonly Fact[]) => {
  const { referral } = fold(facts);
  return referral ? holdsInForce(referral).map(({ id }) => id) : [];
};

describe('a safety hold', () => {
  test('is raised by any party, and stands until two people lift it', () => {
    const raised = does(taken, 'raise-safety-hold', worker(abroad));
    expect(inForce(raised)).toEqual(['vn2-1']);
    const waits = does(raised, 'propose-lift', worker(sender));
    expect(inForce(waits)).toEqual(['vn2-1']);
    expect(inForce(does(waits, 'approve-lift', worker(abroad), { proposal: 'kr2-1' }))).toEqual([]);
  });

  test('is lifted by a second office, never by another desk of the first', () => {
    const again = () => does(proposed, 'approve-lift', second(abroad), { proposal: 'vn2-1' });
    expect(refusal(again)).toMatchObject({ code: 'not-allowed-now' });
    expect(inForce(does(proposed, 'approve-lift', worker(home), { proposal: 'vn2-1' }))).toEqual(
      [],
    );
  });

  test('is lifted by two people of the sender where nobody else is at work', () => {
    const alone = onward(
      log(submitted({ lines: [[abroad]] })),
      declined({}, { next: 'sender' }),
      safetyHeld(sender, 'kr2-1'),
    );
    const waits = does(alone, 'propose-lift', worker(sender));
    const same = () => does(waits, 'approve-lift', worker(sender), { proposal: 'kr3-1' });
    expect(refusal(same)).toMatchObject({ code: 'not-allowed-now' });
    expect(inForce(does(waits, 'approve-lift', second(sender), { proposal: 'kr3-1' }))).toEqual([]);
  });

  test('that the lift had not seen stays', () => {
    const both = onward(proposed, safetyHeld(home, 'kr3-1'), lifted(sender, 'vn2-1', 'kr2-1'));
    expect(inForce(both)).toEqual(['kr3-1']);
  });

  test('is lifted also when the referral is over, and is not raised then', () => {
    const over = onward(
      log(submitted({ lines: [[abroad]] })),
      ...[accepted(), progressed(), started(), safetyHeld(sender, 'kr2-1'), completed()],
    );
    const waits = does(over, 'propose-lift', worker(sender));
    expect(inForce(waits)).toEqual(['kr2-1']);
    expect(refusal(() => does(over, 'raise-safety-hold', worker(sender)))).toMatchObject({
      code: 'not-allowed-now',
    });
  });

  test('forbids attempts to reach her, and nothing that tells of a contact that she made', () => {
    const tries = (input: object) =>
      given(held).when(command('report-progress', worker(abroad), input, 'kr1-1'));
    for (const input of [
      { kind: 'contact-attempted' },
      { kind: 'contact-attempted', channel: 'phone' },
      { kind: 'contact-made', channel: 'phone' },
    ])
      expect(refusal(() => tries(input))).toMatchObject({ code: 'not-allowed-now' });
    expect(tries({ kind: 'contact-made' })).toBeDefined();
  });

  test('pauses first contact, and is looked at after 72 hours by the office that raised it', () => {
    const of = (facts: readonly Fact[]) => {
      const { referral } = fold(facts);
      if (!referral) throw new Error('no referral');
      const named = clocksOf(referral, contextIn('vn')).filter(({ offer }) => offer !== 'kr1-3');
      return Object.fromEntries(named.map((clock) => [clock.clock, clock]));
    };
    const [before, during] = [of(taken), of(held)];
    expect(before['first-contact']?.due).toBeDefined();
    expect(during['first-contact']).toMatchObject({ due: undefined, half: undefined });
    expect(during['safety-review']).toMatchObject({
      owes: sender,
      hold: 'kr2-1',
      due: later(3 + 72 * 60),
    });
    const free = onward(proposed, lifted(home, 'vn2-1', 'kr2-1'));
    const gone =
      (Date.parse(free.at(-1)?.time ?? '') - Date.parse(held.at(-1)?.time ?? '')) / 60_000;
    expect(Date.parse(of(free)['first-contact']?.due ?? '')).toBe(
      Date.parse(before['first-contact']?.due ?? '') + gone * 60_000,
    );
    expect(of(free)['safety-review']).toBeUndefined();
  });

  test('is the sender’s to look at once the office that raised it is done', () => {
    const facts = onward(begun, safetyHeld(abroad, 'vn1-1'), declined());
    const { referral } = fold(onward(facts, safetyHeld(abroad, 'vn3-1')));
    const review = referral && clocksOf(referral, contextIn('kr'));
    expect(
      review?.filter(({ clock }) => clock === 'safety-review').map(({ owes }) => owes),
    ).toEqual([sender, sender]);
  });

  test('is shown to who is at work, and to no office whose access is closed', () => {
    const seen = (facts: readonly Fact[], office: Office) =>
      viewFor(office, fold(facts), contextIn('vn'));
    expect(seen(held, abroad)).toMatchObject({ safetyHolds: [{ hold: 'kr2-1' }] });
    expect(seen(proposed, home)).toMatchObject({
      liftsProposed: [{ proposal: 'vn2-1', holds: ['kr2-1'] }],
    });
    const shut = onward(held, askedToEnd({}, { shut: true }));
    expect(seen(shut, abroad)).not.toHaveProperty('safetyHolds');
  });
});

describe('the fold sets aside', () => {
  const aside = (before: readonly Fact[], step: Parameters<typeof placed>[0]) => {
    const country = step.actor.startsWith('kr') ? 'kr' : 'vn';
    const count = (c: string) => before.filter((f) => f.country === c).length;
    const fact = placed(step, country, count(country) + 1, count(country === 'kr' ? 'vn' : 'kr'));
    return fold([...before, fact]).setAside.includes(fact.id);
  };

  test.each([
    ['a hold by a stranger', held, safetyHeld('vn-invented-stranger', 'vn2-1')],
    ['a hold of another slot', taken, safetyHeld(sender, 'kr7-1')],
    ['a lift of an unknown hold', held, liftProposed(abroad, 'vn2-1', 'vn1-1')],
    ['a proposal of another slot', held, liftProposed(abroad, 'vn9-1', 'kr2-1')],
    ['a lift by the office that proposed it', proposed, lifted(abroad, 'vn2-1', 'kr2-1')],
    ['a lift of what was not proposed', proposed, lifted(sender, 'vn2-1', 'kr9-1')],
    ['a lift that nobody proposed', held, lifted(sender, 'vn2-1', 'kr2-1')],
    ['a lift by a system', proposed, lifted('kr:system', 'vn2-1', 'kr2-1')],
  ])('%s', (_, before, step) => {
    expect(aside(before, step)).toBe(true);
  });

  test('no lift by the sender’s second person', () => {
    const own = onward(taken, safetyHeld(sender, 'kr2-1'), liftProposed(sender, 'kr3-1', 'kr2-1'));
    expect(aside(own, lifted(sender, 'kr3-1', 'kr2-1'))).toBe(false);
    const same = lifted(sender, 'kr3-1', 'kr2-1');
    expect(aside(own, { ...same, data: { ...same.data, by: 'thefirstperson00' } })).toBe(true);
  });
});

test('another office reads that there is a hold, and of a third one no more than its country', () => {
  const step = safetyHeld(home, 'kr2-1');
  const facts = onward(taken, {
    ...step,
    data: { ...step.data, offices: [sender, abroad, home] },
  });
  const told = factFor(abroad, facts, facts.at(-1) as Fact);
  expect(told).toMatchObject({ actor: 'kr', data: { offices: [sender, abroad], hold: 'kr2-1' } });
});
