import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import type { Amendable } from '../../events/referral.ts';
import { mayHoldContact } from '../../shared/referral/at-work.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, after as grown } from '../support/given.ts';
import { abroad, helpline, home, sender, union, worker } from '../support/people.ts';
import {
  accepted,
  askedToEnd,
  cancelled,
  completed,
  consentWithdrawn,
  declined,
  disclosed,
  made,
  started,
  tookBack,
} from '../support/steps.ts';

const begun = log(submitted({ lines: [[abroad, union], [home]] }));
const grant = `${fold(begun).referral?.consent.grants.find(({ office }) => office === abroad)?.id}`;
const summaryOf = (office: typeof abroad) => {
  const { data, ...step } = disclosed(office);
  return { ...step, data: { ...data, stage: 1 } };
};
const read = onward(begun, accepted(), disclosed(abroad));
const done = onward(read, started(), completed());

/** The last fact: what the sender's amendment of these parts wrote. */
const amended = (facts: readonly Fact[], ...parts: Amendable[]) => {
  const after = grown(facts, command('amend', worker(sender), { parts }));
  const fact = after.at(-1) as Fact;
  const hears = (office: typeof abroad) => mayHear(fold(after), office, fact);
  return { after, fact, told: fact.data.offices, hears };
};

describe('a new safe contact', () => {
  test('is told to an office that read the old one and is done with her', () => {
    const { after, fact, told, hears } = amended(done, 'safe-contact', 'reason');
    expect(told).toEqual([sender, home, abroad]);
    expect(hears(abroad)).toBe(true);
    const seen = factFor(abroad, after, fact);
    expect(seen?.data).toEqual({ offices: [sender, abroad], parts: ['safe-contact'] });
    expect(factFor(home, after, fact)?.data.parts).toEqual(['safe-contact', 'reason']);
  });

  test.each([
    ['read the summary alone', onward(begun, summaryOf(abroad), declined())],
    ['never read', onward(begun, accepted(), started(), completed())],
    ['never read, where another did', onward(begun, disclosed(home), accepted(), tookBack())],
    [
      'was asked to leave another offer',
      onward(
        done,
        declined({ office: home, offer: 'kr1-2' }),
        made({ office: abroad, offer: 'kr4-1' }, { lines: ['l2'] }),
        askedToEnd({ offer: 'kr4-1' }, { lines: ['l2'], shut: false }),
      ),
    ],
    ['was shut out', onward(read, askedToEnd({}, { shut: true }))],
    ['has her consent no more', onward(read, consentWithdrawn(sender, 'kr3-1', grant))],
  ])('is not told to one that %s', (_, facts) => {
    const { told, hears } = amended(facts, 'safe-contact');
    expect(told).not.toContain(abroad);
    expect(hears(abroad)).toBe(false);
  });

  test('is told whoever else read, or was shut out', () => {
    const out = { office: home, offer: 'kr1-2', actor: 'kr:system' };
    const shut = onward(
      done,
      summaryOf(union),
      cancelled(out, { lines: ['l2'], next: 'human', shut: true }),
    );
    expect(amended(shut, 'safe-contact').told).toEqual([sender, abroad]);
  });

  test('is not told to one that read and was never asked', () => {
    expect(amended(onward(begun, disclosed(helpline)), 'safe-contact').told).not.toContain(
      helpline,
    );
  });

  test('is not sent to one that was shut out since', () => {
    const { after, fact } = amended(done, 'safe-contact');
    const later = onward(after, consentWithdrawn(sender, 'kr4-1', grant));
    expect(mayHear(fold(later), abroad, fact)).toBe(false);
  });
});

test('may be in the papers of an office that was asked and read more than the summary, unless its gate is shut', () => {
  const holds = (office: Office, facts: readonly Fact[]) => {
    const { referral } = fold(facts);
    return referral && mayHoldContact(referral, office);
  };
  expect(holds(abroad, done)).toBe(true);
  expect(holds(abroad, onward(done, disclosed(helpline)))).toBe(true);
  expect(holds(helpline, onward(done, disclosed(helpline)))).toBe(false);
  expect(holds(home, done)).toBe(false);
  expect(holds(abroad, onward(begun, accepted(), disclosed(home)))).toBe(false);
  // Of another office.
  const homes = fold(begun).referral?.consent.grants.find(({ office }) => office === home)?.id;
  expect(holds(abroad, onward(done, consentWithdrawn(sender, 'kr3-1', `${homes}`)))).toBe(true);
  expect(holds(home, onward(begun, disclosed(home)))).toBe(true);
});

test('another part is told to nobody who is done with her', () => {
  const { told, hears } = amended(done, 'identity');
  expect(told).toEqual([sender, home]);
  expect(hears(abroad)).toBe(false);
});
