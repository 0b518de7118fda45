import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { whyNoDocument } from '../../shared/referral/bringing.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, contextIn, helpline, home, sender, stranger, worker } from '../support/people.ts';
import { accepted, consentWithdrawn, contentErased } from '../support/steps.ts';

const begun = log(submitted({ lines: [[home], [abroad]] }));
const served = onward(begun, accepted({ office: home }));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const withdrawn = onward(served, consentWithdrawn(sender, 'kr3-1', ...all));
const marked = onward(begun, {
  type: 'referral.entered-in-error.v1',
  actor: sender,
  data: { offices: [sender] },
});
const why = (facts: readonly Fact[], office: Office) => {
  const refusal = whyNoDocument(fold(facts), worker(office), contextIn('kr'));
  if (refusal) expect(refusal.message).toMatch(/\w+ .*\w/);
  return refusal && `${refusal.status} ${refusal.code}`;
};

test('the sender brings documents while the referral is open, before and after an acceptance', () => {
  for (const facts of [begun, served]) expect(why(facts, sender)).toBeUndefined();
});

test.each<[string, readonly Fact[], Office, string]>([
  ['a referral that is not there', [], sender, '404 not-found'],
  ['a stranger', served, stranger, '404 not-found'],
  ['a helpline, which reads nothing', served, helpline, '404 not-found'],
  ['the office that serves her', served, home, '403 not-yours-to-do'],
  ['an office abroad', served, abroad, '403 not-yours-to-do'],
  ['the sender, once she withdrew', withdrawn, sender, '409 not-allowed-now'],
  ['the sender, once it is over', marked, sender, '409 not-allowed-now'],
  ['the sender, once it is erased', onward(marked, contentErased('kr')), sender, '409 erased'],
])('%s is refused', (_, facts, office, refusal) => {
  expect(why(facts, office)).toBe(refusal);
});

test('nobody brings any while a fact of a newer type is here', () => {
  const newer = onward(begun, {
    type: 'referral.invented.v1',
    actor: sender,
    data: { offices: [sender] },
  } as never);
  expect(why(newer, sender)).toBe('409 newer-fact-here');
});
