import { describe, expect, test } from 'vitest';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { nameDraft } from '../../shared/referral/naming.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  offices,
  sender,
  shelter,
  union,
  worker,
} from '../support/people.ts';
import { consentWithdrawn, namedFor, settled, stoppedLine } from '../support/steps.ts';

const begun = log(submitted());
const withdrawn = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
const settles = command('refute-withdrawal', worker(shelter, 'supervisor'));

test('an office that the desk named settles what the sender wrote down, and nothing before', () => {
  expect(refusal(() => given(withdrawn).when(settles))).toMatchObject({ status: 404 });
  const facts = after(onward(withdrawn, namedFor('23', shelter)), settles);
  expect(facts.at(-1)?.type).toBe('consent.withdrawal-refuted.v1');
  expect(fold(facts).setAside).toEqual([]);
  const early = onward(withdrawn, settled('refuted', shelter, 'kr2-1'));
  expect(fold(early).setAside).toHaveLength(1);
});

test('the office that is named hears so and nothing else', () => {
  const facts = onward(withdrawn, namedFor('23', shelter));
  const heard = facts.filter((fact) => mayHear(fold(facts), shelter, fact));
  expect(heard.map(({ type }) => type)).toEqual(['office.named.v1']);
  expect(factFor(shelter, facts, facts.at(-1) as never)?.data).toEqual({
    offices: [sender, shelter],
    row: '23',
    office: shelter,
  });
});

test('the responsibility of a sender moves to the office that is named', () => {
  const facts = onward(begun, namedFor('sender', helpline));
  expect(fold(facts)).toMatchObject({ setAside: [], referral: { sender: helpline } });
  const late = placed(stoppedLine(), 'kr', 3, 0);
  expect(fold([...facts, late]).setAside).toEqual([late.id]);
});

describe('the desk may name', () => {
  const suspended = {
    ...contextIn('kr'),
    offices: { ...offices, [sender]: { active: false, takesReferrals: true } },
  };

  test('a new sender only once the sender is suspended, and once', () => {
    const naming = { row: 'sender' as const, office: shelter };
    expect(refusal(() => nameDraft(fold(begun), naming, contextIn('kr')))).toMatchObject({
      code: 'not-allowed-now',
    });
    expect(nameDraft(fold(begun), naming, suspended)).toMatchObject({
      type: 'office.named.v1',
      data: { offices: [sender, shelter], row: 'sender', office: shelter },
    });
    const wrote = onward(begun, consentWithdrawn(shelter, 'kr2-1', 'kr1-1'));
    const helped = onward(
      log(submitted({ helplines: [shelter] })),
      consentWithdrawn(shelter, 'kr2-1', 'kr1-1'),
    );
    expect(fold(wrote).setAside).toHaveLength(1);
    expect(refusal(() => nameDraft(fold(helped), naming, suspended))).toMatchObject({
      code: 'not-allowed-now',
    });
    const settled_ = onward(helped, settled('refuted', sender, 'kr2-1'));
    expect(nameDraft(fold(settled_), naming, suspended)).toBeDefined();
    const moved = onward(begun, namedFor('sender', shelter));
    expect(nameDraft(fold(moved), naming, suspended)).toBeUndefined();
  });

  test('a second office for an override that the sender cannot approve', () => {
    const naming = { row: '28' as const, office: shelter };
    const proposed = (actor: string, proposal: string) =>
      onward(begun, {
        type: 'consent.override-proposed.v1',
        actor,
        data: { offices: [sender], proposal },
      });
    const named = (facts: Parameters<typeof fold>[0]) =>
      nameDraft(fold(facts), naming, contextIn('kr'))?.type;
    expect(named(proposed(sender, 'kr2-1'))).toBe('office.named.v1');
    expect(refusal(() => named(begun))).toMatchObject({ code: 'not-allowed-now' });
    expect(refusal(() => named(proposed(abroad, 'vn1-1')))).toMatchObject({
      code: 'not-allowed-now',
    });
    const there = { row: '28' as const, office: union };
    expect(nameDraft(fold(proposed(abroad, 'vn1-1')), there, contextIn('vn'))?.type).toBe(
      'office.named.v1',
    );
  });
});
