import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { filterOf } from '../../shared/list-filter.ts';
import { debtFor, debtorsOf } from '../../shared/referral/debt-view.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, submitted, takesOver } from '../support/facts.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, helpline, home, sender, shelter, stranger } from '../support/people.ts';
import {
  consentWithdrawn,
  disclosed,
  erasureConfirmed,
  handOverProposed,
  made,
  namedFor,
  settled,
  takenOver,
} from '../support/steps.ts';

const debt = (office: Office, facts: readonly Fact[]) =>
  debtFor(office, fold(facts), contextIn('kr'));
const owed = (office: Office, facts: readonly Fact[]) =>
  debt(office, facts)?.owes.map(({ clock }) => clock);
const begun = log(submitted({ helplines: [helpline, shelter] }));
const withdrawn = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-1'));

describe('an office that neither sends nor was asked', () => {
  test('reads that it must ask her about a withdrawal, until that is settled, and nothing else', () => {
    const view = debt(helpline, withdrawn);
    expect(view).toEqual({
      ...{ ref: begun[0]?.subject, origin: 'kr', due: view?.due },
      owes: [{ clock: 'withdrawal-confirm', due: view?.due }],
    });
    expect(debt(helpline, begun)).toBeUndefined();
    const done = onward(withdrawn, settled('refuted', helpline, 'kr2-1'));
    expect(debt(helpline, done)).toBeUndefined();
  });

  test('reads nothing of what another owes', () => {
    for (const office of [shelter, stranger]) expect(debt(office, withdrawn)).toBeUndefined();
  });

  test('reads it once the desk named it', () => {
    const alone = log(submitted({}), consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
    expect(debt(shelter, alone)).toBeUndefined();
    expect(owed(shelter, onward(alone, namedFor('23', shelter)))).toEqual(['withdrawal-confirm']);
  });

  test('reads that it owes a receipt as the sender that it was, until it gave one', () => {
    const grants = [{ office: abroad }, { office: sender }, ...takesOver(shelter)];
    const moved = onward(
      log(submitted({ grants })),
      ...[disclosed(sender), handOverProposed(shelter), takenOver(shelter)],
    );
    const erased = { type: 'content.erased.v1', actor: 'kr:vault', data: { offices: [sender] } };
    const over = { type: 'referral.entered-in-error.v1', actor: shelter };
    const gone = onward(moved, { ...over, data: { offices: [shelter] } }, erased);
    expect(debt(sender, moved)).toBeUndefined();
    expect(owed(sender, gone)).toEqual(['receipt']);
    expect(debt(sender, onward(gone, erasureConfirmed(sender)))).toBeUndefined();
  });

  test('is not listed by a state or an urgency', () => {
    const view = debt(helpline, withdrawn);
    for (const query of [{ state: 'requested' }, { urgency: 'normal' }])
      expect(view && filterOf(query)?.(view)).toBe(false);
  });
});

test('a party reads what it owes in its own view alone', () => {
  const owes = (office: Office, facts: readonly Fact[]) =>
    viewFor(office, fold(facts), contextIn('kr'))?.owes?.map(({ clock }) => clock);
  const alone = log(submitted({}), consentWithdrawn(sender, 'kr2-1', 'kr1-1'));
  expect([owes(sender, alone), owes(abroad, alone)]).toEqual([['withdrawal-confirm'], undefined]);
  for (const office of [sender, abroad]) expect(debt(office, alone)).toBeUndefined();
  const asked = onward(withdrawn, made({ office: helpline, offer: 'kr3-1', actor: sender }));
  expect(debt(helpline, asked)).toBeUndefined();
  expect(owes(helpline, asked)).toEqual(['withdrawal-confirm']);
});

test('nobody can owe before she withdrew, or anybody read', () => {
  const debtors = (facts: readonly Fact[]) => debtorsOf(honest(facts).referral);
  expect(debtors(begun)).toEqual([]);
  expect(debtors(withdrawn)).toEqual([helpline, shelter, sender]);
  expect(debtors(onward(begun, disclosed(abroad), namedFor('28', home)))).toEqual([
    ...[helpline, shelter, sender, home],
  ]);
});
