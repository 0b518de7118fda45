import { expect, test } from 'vitest';
import { factFor } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { abroad, helpline, sender, worker } from '../support/people.ts';
import { accepted, safetyHeld } from '../support/steps.ts';

const begun = onward(log(submitted({ helplines: [helpline] })), accepted());
const gives = (who: typeof sender, identification = 'in-person-document') =>
  command('give-report', worker(who, 'supervisor'), { identification });

test.each([sender, helpline])(
  'a supervisor of %s gives her the report that she asked for',
  (who) => {
    const given = after(begun, gives(who));
    expect(given.at(-1)).toMatchObject({ type: 'report.given.v1', actor: who });
    expect(fold(given).setAside).toEqual([]);
    expect(fold(given).referral).toEqual(fold(begun).referral);
  },
);

test('she is seen, or called back on her safe contact: no passphrase is enough', () => {
  for (const known of ['passphrase', 'legal-representative'])
    expect(refusal(() => given(begun).when(gives(sender, known)))).toMatchObject({
      code: 'invalid-field',
      field: '/identification',
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
