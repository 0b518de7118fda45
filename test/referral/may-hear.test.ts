import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, home, sender, stranger, union } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToEnd,
  cancelled,
  completed,
  declined,
  made,
  progressed,
  started,
} from '../support/steps.ts';

/** The types of those facts that this office may be sent, by the log as it is now. */
const heard = (office: Office, facts: readonly Fact[]) =>
  facts.filter((fact) => mayHear(fold(facts), office, fact)).map(({ type }) => type);
const begun = log(submitted({ lines: [[abroad, union], [home]] }));

describe('an office that was asked', () => {
  test('hears everything while its offer is open or served', () => {
    expect(heard(abroad, onward(begun, acknowledged()))).toEqual([
      'referral.submitted.v1',
      'offer.acknowledged.v1',
    ]);
    expect(heard(abroad, onward(begun, accepted(), progressed(), started()))).toHaveLength(4);
  });

  test.each([
    ['refused', declined()],
    ['lost it', cancelled({}, { cause: 'placed-elsewhere', next: 'none' })],
  ])('hears that it ended and nothing older once it %s', (_, step) => {
    const facts = onward(begun, acknowledged(), step);
    expect(heard(abroad, facts)).toEqual([step.type]);
  });

  test('hears that it closed and nothing older once it closed', () => {
    const facts = onward(begun, accepted(), progressed(), started(), completed());
    expect(heard(abroad, facts)).toEqual(['service.closed.v1']);
  });

  test('hears of its withdrawal, and no retry from before arrives', () => {
    const asked = onward(begun, acknowledged(), askedToEnd({}, { shut: true }));
    expect(heard(abroad, asked)).toEqual(['offer.withdrawal-requested.v1']);
    expect(heard(abroad, onward(asked, cancelled()))).toEqual([
      'offer.withdrawal-requested.v1',
      'offer.cancelled.v1',
    ]);
  });

  test('hears of a new offer that had seen its withdrawal', () => {
    const ended = onward(
      begun,
      askedToEnd({}, { next: 'human', shut: true }),
      cancelled({}, { next: 'human', shut: true }),
    );
    const again = onward(ended, made({ office: abroad, offer: 'kr3-1', actor: sender }));
    expect(heard(abroad, again)).toContain('offer.made.v1');
    const answered = onward(again, acknowledged({ offer: 'kr3-1' }));
    expect(heard(abroad, answered)).toContain('offer.acknowledged.v1');
  });
});

test('nobody else hears anything', () => {
  const facts = onward(begun, accepted());
  for (const office of [union, stranger]) expect(heard(office, facts)).toEqual([]);
  expect(heard(home, facts)).toEqual(['referral.submitted.v1']);
});

test('an office that was never asked hears nothing, though a fact names it', () => {
  const forged = {
    ...declined(),
    data: { ...declined().data, offices: [sender, abroad, stranger] },
  };
  expect(heard(stranger, onward(begun, forged))).toEqual([]);
});

test('the sender hears all that its feedback allows, always', () => {
  const facts = onward(begun, accepted(), progressed(), started(), completed());
  expect(heard(sender, facts)).toHaveLength(5);
  const none = onward(
    log(submitted({ feedback: 'none' })),
    accepted(),
    progressed(),
    started(),
    completed(),
  );
  expect(heard(sender, none)).toEqual(['referral.submitted.v1', 'offer.accepted.v1']);
});
