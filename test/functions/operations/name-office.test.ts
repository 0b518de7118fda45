import '../../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/envelope.ts';
import { handler } from '../../../functions/operations/name-office.ts';
import { seedDirectory } from '../../support/directory.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { abroad, helpline, home, sender } from '../../support/people.ts';
import { consentWithdrawn } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
  seedDirectory(db);
});

const withdrawn = (helplines: (typeof sender)[] = []) =>
  onward(log(submitted({ helplines })), consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
const names = (facts: readonly Fact[], row: string, office: string = home) => {
  db.hold(facts);
  return handler({ ref, row, office });
};

test('the desk names an office that settles what the sender wrote down, once', async () => {
  expect(await names(withdrawn(), '23')).toEqual({
    named: { row: '23', office: home },
    recorded: true,
  });
  expect(db.ledger().at(-1)).toMatchObject({
    type: 'office.named.v1',
    actor: 'kr:operator',
    data: { offices: [sender, home], row: '23', office: home },
  });
  expect(await handler({ ref, row: '23', office: home })).toMatchObject({ recorded: false });
});

describe('the desk is refused', () => {
  test.each([
    [
      'where a helpline of the origin can act',
      withdrawn([helpline]),
      '23',
      home,
      'not-allowed-now',
      '/row',
    ],
    ['while no withdrawal waits', log(submitted()), '23', home, 'not-allowed-now', '/row'],
    ['while no override waits', withdrawn(), '28', home, 'not-allowed-now', '/row'],
    ['while the sender is active', withdrawn(), 'sender', home, 'not-allowed-now', '/row'],
    ['an office of the other country', withdrawn(), '23', abroad, 'invalid-field', '/office'],
    ['an office that nobody knows', withdrawn(), '23', 'kr-nobody', 'invalid-field', '/office'],
    ['a row that needs nobody', withdrawn(), '7', home, 'invalid-field', '/row'],
  ])('%s', async (_, facts, row, office, refused, field) => {
    expect(await names(facts, row, office)).toMatchObject({ refused, field });
    expect(db.ledger()).toHaveLength(facts.length);
  });

  test('for a referral that is not here', async () => {
    expect(await handler({ ref, row: '23', office: home })).toMatchObject({ refused: 'not-found' });
  });
});
