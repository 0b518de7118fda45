import { expect, test } from 'vitest';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { helpline, sender, shelter, worker } from '../support/people.ts';
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
