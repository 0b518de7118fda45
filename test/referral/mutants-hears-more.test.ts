import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { factFor, hearersOf, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, onwardGrants, type Step, submitted } from '../support/facts.ts';
import { abroad, helpline, home, later, sender, shelter, third, union } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  amended,
  askedToEnd,
  completed,
  contentErased,
  declined,
  disclosed,
  handedOn,
  handOverProposed,
  made,
  missed,
  referred,
  settled,
  started,
  takenOver,
  travelPlanned,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]], helplines: [helpline] }));
const everyone = [sender, abroad, home, union, third, helpline, shelter];
/** Whether an office hears this, though it is written to everybody. */
const hears = (office: Office, before: readonly Fact[], step: Step) => {
  const facts = onward(before, { ...step, data: { ...step.data, offices: everyone } });
  return mayHear(fold(facts), office, facts.at(-1) as Fact);
};

describe('of a fact its sender reads', () => {
  test('every office that it names, and who did it', () => {
    const facts = onward(begun, acknowledged());
    expect(factFor(sender, facts, facts[0] as Fact)?.data.offices).toEqual([sender, abroad, home]);
    expect(factFor(sender, facts, facts[1] as Fact)).toMatchObject({
      actor: abroad,
      data: { offices: [sender, abroad] },
    });
  });

  test('no person, where none did it', () => {
    const facts = onward(begun, acknowledged());
    expect(factFor(abroad, facts, facts[1] as Fact)?.data).not.toHaveProperty('by');
  });
});

test('a fact that is written to no sender goes to none', () => {
  const state = fold(begun);
  const to = (...offices: Office[]) =>
    hearersOf(state, { ...begun[0], data: { offices } } as Fact).toSorted();
  expect(to(abroad)).toEqual([abroad]);
  expect(to(abroad, sender)).toEqual([sender, abroad].toSorted());
});

describe('of a hand-over', () => {
  const moved = takenOver(shelter);
  test('an office that never was the sender hears nothing behind a closed gate', () => {
    const shut = onward(begun, askedToEnd({}, { shut: true }), handOverProposed(shelter));
    expect(hears(abroad, shut, moved)).toBe(false);
    expect(hears(home, shut, moved)).toBe(true);
    expect(hears(sender, shut, moved)).toBe(true);
  });
});

describe('of copies', () => {
  const read = onward(begun, accepted(), disclosed(abroad), completed());
  const owed = (office: Office, clock = 'receipt') => {
    const { data, ...step } = missed({}, { clock, round: 1, due: later(60), office });
    const { offer: _, ...rest } = data as { offer?: string };
    return { ...step, data: rest };
  };

  test('who read hears of its own receipt, and of no other office’s', () => {
    expect(hears(abroad, read, owed(abroad))).toBe(true);
    expect(hears(abroad, read, owed(home))).toBe(false);
    expect(hears(abroad, read, owed(abroad, 'answer'))).toBe(false);
  });

  test('who was neither asked nor read hears of no erasure', () => {
    expect(hears(abroad, begun, contentErased('kr'))).toBe(true);
    expect(hears(union, begun, contentErased('kr'))).toBe(false);
    expect(hears(helpline, onward(begun, disclosed(helpline)), contentErased('kr'))).toBe(true);
  });

  test('who did not read has nothing of a withdrawal to destroy', () => {
    const confirmed = settled('confirmed', sender, 'kr9-1');
    expect(hears(helpline, begun, confirmed)).toBe(false);
    expect(hears(helpline, onward(begun, disclosed(helpline)), confirmed)).toBe(true);
  });
});

describe('who is done with her and read her contact', () => {
  const done = onward(begun, accepted(), disclosed(abroad), started(), completed());
  test('hears that it is new, and of no other amendment', () => {
    expect(hears(abroad, done, amended(sender, { parts: ['safe-contact'] }))).toBe(true);
    expect(hears(abroad, done, amended(sender, { parts: ['reason'] }))).toBe(false);
    expect(hears(abroad, done, amended(sender, { urgency: 'urgent' }))).toBe(false);
    const fact = onward(done, amended(sender, {})).at(-1) as Fact;
    // As a newer contract may have it: an unknown fact is known by its envelope alone.
    const newer = { ...fact, data: { offices: everyone } } as Fact;
    expect(mayHear(fold(done), abroad, newer)).toBe(false);
  });
});

test('who is to take over hears of her consent, and of nothing else', () => {
  const proposed = onward(begun, handOverProposed(shelter));
  expect(hears(shelter, proposed, travelPlanned(sender, 'kr3-1'))).toBe(false);
  const lapsed = { type: 'consent.lapsed.v1', actor: 'kr:system', data: { grants: ['kr1-1'] } };
  expect(hears(shelter, proposed, lapsed)).toBe(true);
});

test('an office with one gate closed hears nothing of the whole by another', () => {
  const both = onward(
    begun,
    declined({ office: home, offer: 'kr1-2' }),
    made({ office: abroad, offer: 'kr3-1' }, { lines: ['l2'] }),
  );
  expect(hears(abroad, both, travelPlanned(sender, 'kr4-1'))).toBe(true);
  const shut = onward(both, askedToEnd({ offer: 'kr3-1' }, { lines: ['l2'], shut: true }));
  expect(hears(abroad, shut, travelPlanned(sender, 'kr5-1'))).toBe(false);
});

test('who referred her onward and is done hears how that office answers, and of no other', () => {
  const onwardTo = onward(
    log(submitted({ lines: [[abroad], [home]], grants: onwardGrants })),
    accepted(),
    started(),
    referred({ to: third, offer: 'vn3-1' }),
    accepted({ office: third, offer: 'vn3-1' }),
    handedOn(),
  );
  const of = { office: third, offer: 'vn3-1' };
  expect(hears(abroad, onwardTo, completed(of))).toBe(true);
  expect(hears(abroad, onwardTo, accepted({ office: home, offer: 'kr1-2' }))).toBe(false);
});
