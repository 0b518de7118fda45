import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { factFor } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, helpline, later, sender, worker } from '../support/people.ts';
import { accepted, amended, consentWithdrawn, safetyHeld } from '../support/steps.ts';

const begun = onward(log(submitted({ helplines: [helpline] })), accepted());
const gives = (who: typeof sender, identification = 'in-person-document') =>
  command('give-report', worker(who, 'supervisor'), { identification });

test.each([sender, helpline])(
  'a supervisor of %s gives her the report that she asked for',
  (who) => {
    const given = after(begun, gives(who));
    expect(given.at(-1)).toMatchObject({ type: 'report.given.v1', actor: who });
    expect(fold(given).setAside).toEqual([]);
    const { referral } = fold(begun);
    const content = referral && { ...referral.content, reported: [who] };
    expect(fold(given).referral).toEqual({ ...referral, content });
  },
);

test('she is seen, or called back on her safe contact: no passphrase is enough', () => {
  for (const known of ['passphrase', 'legal-representative'])
    expect(refusal(() => given(begun).when(gives(sender, known)))).toMatchObject({
      code: 'invalid-field',
      field: '/identification',
    });
});

describe('called back on her safe contact', () => {
  const DAY = 24 * 60;
  const calls = (facts: readonly Fact[], minutes: number) => () =>
    given(facts, later(minutes)).when(gives(sender, 'call-back-safe-number'));
  const refused = { code: 'invalid-field', field: '/identification' };

  test('she gets it once that contact is 14 days old', () => {
    expect(refusal(calls(begun, 14 * DAY - 1))).toMatchObject(refused);
    expect(calls(begun, 14 * DAY + 1)()).toMatchObject({ type: 'report.given.v1' });
  });

  test('that was hers before somebody changed it; of two that stood against each other then, none is', () => {
    const changed = onward(begun, amended(sender, { parts: ['safe-contact'] }));
    expect(calls(changed, 14 * DAY + 1)()).toMatchObject({ type: 'report.given.v1' });
    const parts = { parts: ['safe-contact'] };
    const crossed = [...changed, placed(amended(abroad, parts), 'vn', 2, 1)];
    expect(refusal(calls(crossed, 15 * DAY))).toMatchObject(refused);
  });

  test('nobody does where it was destroyed: she is seen', () => {
    const facts = onward(
      begun,
      consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'),
      {
        type: 'consent.withdrawal-confirmed.v1',
        actor: helpline,
        data: { offices: [sender], withdrawals: ['kr2-1'], destroyed: true },
      },
    );
    expect(refusal(calls(facts, 20 * DAY))).toMatchObject(refused);
    const seen = gives(sender, 'in-person-known');
    expect(given(facts, later(20 * DAY)).when(seen)).toMatchObject({ type: 'report.given.v1' });
  });
});

test('no report leaves while a safety hold is in force', () => {
  const held = onward(begun, safetyHeld(abroad, 'vn2-1'));
  expect(refusal(() => given(held).when(gives(sender)))).toMatchObject({ code: 'not-allowed-now' });
});

test('no other office reads that it was given, and none may write it', () => {
  const facts = after(begun, gives(helpline));
  expect(factFor(abroad, facts, facts.at(-1) as never)).toBeUndefined();
  expect(factFor(sender, facts, facts.at(-1) as never)).toMatchObject({ type: 'report.given.v1' });
  const claimed = placed(
    { type: 'report.given.v1', actor: abroad, data: { offices: [sender] } },
    'vn',
    2,
    1,
  );
  expect(fold([...begun, claimed]).setAside).toEqual([claimed.id]);
});
