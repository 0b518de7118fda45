import { describe, expect, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, submitted, takesOver } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  sender,
  shelter,
  stranger,
  worker,
} from '../support/people.ts';
import {
  consentWithdrawn,
  handOverProposed,
  missed,
  namedFor,
  settled,
  takenOver,
} from '../support/steps.ts';

const withHelpline = log(submitted({ helplines: [stranger, helpline, shelter] }));
const alone = log(submitted({ helplines: [stranger] }));
const draftOf = (facts: readonly Fact[], office: Office) =>
  given(facts).when(
    command('withdraw-consent', worker(office), { identification: 'in-person-known' }),
  )?.data as { offices: Office[]; unchecked?: boolean };
const told = (facts: readonly Fact[], ...also: Office[]) =>
  onward(facts, {
    ...consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-5'),
    data: {
      ...consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-5').data,
      offices: [sender, abroad, ...also],
    },
  });
const heard = (office: Office, facts: readonly Fact[]) =>
  facts
    .filter((fact) => mayHear(fold(facts), office, fact))
    .map((fact) => factFor(office, facts, fact));
/** The withdrawal stands in the second slot of the origin. */
const over = (office: Office, round = 4) => {
  const step = missed({}, { clock: 'withdrawal-confirm', round, due: later(60) });
  const { offer: _, ...data } = step.data as { offer?: string };
  return { ...step, actor: 'kr:system' as const, data: { ...data, offices: [sender, office] } };
};
const types = (office: Office, facts: readonly Fact[]) =>
  heard(office, facts).map((fact) => fact?.type);

describe('of a withdrawal that the sender wrote down', () => {
  test('the first helpline of the origin is told, and no other', () => {
    expect(draftOf(withHelpline, sender).offices).toEqual([sender, abroad, helpline]);
    expect(draftOf(withHelpline, sender)).not.toHaveProperty('unchecked');
  });

  test('the fact says so where nobody can check it', () => {
    expect(draftOf(alone, sender)).toMatchObject({ offices: [sender, abroad], unchecked: true });
    const named = onward(alone, namedFor('23', shelter));
    expect(draftOf(named, sender).offices).toEqual([sender, abroad, shelter]);
    expect(draftOf(named, sender)).not.toHaveProperty('unchecked');
    const itself = onward(alone, namedFor('23', sender));
    expect(draftOf(itself, sender)).toMatchObject({ offices: [sender, abroad], unchecked: true });
  });

  test('the helpline hears its id, that its time runs, and that it is settled: by its contract, and no more', () => {
    const waits = onward(told(withHelpline, helpline), over(helpline));
    const facts = heard(helpline, waits);
    const rings = over(helpline);
    const reminds = { ...rings, type: 'deadline.reminded.v1' };
    expect(types(helpline, onward(told(withHelpline, helpline), reminds))).toEqual([
      ...['consent.withdrawn.v1', 'deadline.reminded.v1'],
    ]);
    expect(facts.map((fact) => fact?.data)).toEqual([
      { offices: [sender, helpline], withdrawal: 'kr2-1', grants: ['kr1-1', 'kr1-5'] },
      {
        ...{ offices: [sender, helpline], clock: 'withdrawal-confirm', round: 4 },
        due: later(60),
      },
    ]);
    for (const fact of facts) expect(catalogue.get(`${fact?.type}`)?.parse(fact)).toEqual(fact);
    const done = settled('confirmed', sender, 'kr2-1');
    const by = { ...done, actor: 'kr:system' as const };
    const after = onward(waits, { ...by, data: { ...by.data, offices: [sender, helpline] } });
    expect(types(helpline, after)).toEqual(['consent.withdrawal-confirmed.v1']);
    for (const office of [shelter, stranger]) expect(heard(office, waits)).toEqual([]);
  });

  test('whom the desk names hears of its time, and that it is settled', () => {
    const named = onward(told(alone), namedFor('23', shelter), over(shelter));
    expect(types(shelter, named)).toEqual(['office.named.v1', 'deadline.missed.v1']);
    const { referral } = fold(named);
    const owes =
      referral && clocksOf(referral, contextIn('kr')).map(({ clock, owes }) => [clock, owes]);
    expect(owes).toContainEqual(['withdrawal-confirm', shelter]);
    const refuses = command('refute-withdrawal', worker(shelter, 'supervisor'), {});
    expect(given(named).when(refuses)?.data).toHaveProperty('offices', [sender, abroad, shelter]);
  });

  test('an office named for another step is no checker', () => {
    const named = onward(alone, namedFor('28', shelter));
    expect(draftOf(named, sender).unchecked).toBe(true);
  });
});

test('the sender reads who was told', () => {
  const facts = told(withHelpline, helpline);
  expect(factFor(sender, facts, facts.at(-1) as Fact)?.data.offices).toEqual([
    ...[sender, abroad, helpline],
  ]);
});

describe('a helpline hears nothing', () => {
  test('of a withdrawal that another office wrote down: the sender asks her', () => {
    expect(draftOf(withHelpline, abroad).offices).toEqual([sender, abroad]);
    const step = consentWithdrawn(abroad, 'vn1-1', 'kr1-1');
    const forged = { ...step, data: { ...step.data, offices: [sender, abroad, helpline] } };
    expect(heard(helpline, onward(withHelpline, forged, over(helpline)))).toEqual([]);
  });

  test('of another clock, of another withdrawal’s, or of what does not name it', () => {
    const clock = missed({ actor: 'vn:system' }, { clock: 'decide', round: 1, due: later(60) });
    const named = { ...clock, data: { ...clock.data, offices: [sender, helpline] } };
    const before = told(withHelpline, helpline);
    expect(types(helpline, onward(before, named))).toEqual(['consent.withdrawn.v1']);
    const facts = onward(before, over(helpline, 2), over(home));
    expect(types(helpline, facts)).toEqual(['consent.withdrawn.v1']);
    const { actor, ...rest } = named;
    const mine = { ...rest, actor, type: 'offer.expired.v1', data: { ...rest.data } };
    expect(types(helpline, onward(before, mine))).toEqual(['consent.withdrawn.v1']);
  });

  test('of one that another office wrote down, or that it is settled, while its own waits', () => {
    const waits = told(withHelpline, helpline);
    const also = { offices: [sender, helpline] };
    const other = consentWithdrawn(abroad, 'vn1-1', 'kr1-1');
    const both = onward(waits, { ...other, data: { ...other.data, ...also } });
    expect(types(helpline, both)).toEqual(['consent.withdrawn.v1']);
    expect(heard(helpline, both).map((fact) => fact?.data.withdrawal)).toEqual(['kr2-1']);
    const done = settled('refuted', sender, 'vn1-1');
    const after = onward(both, { ...done, data: { ...done.data, ...also } });
    expect(types(helpline, after)).toEqual(['consent.withdrawn.v1']);
  });

  test('of its own that are not settled yet', () => {
    const more = consentWithdrawn(sender, 'kr3-1', 'kr1-4');
    const two = onward(told(withHelpline, helpline), {
      ...more,
      data: { ...more.data, offices: [sender, helpline] },
    });
    for (const how of ['refuted', 'confirmed'] as const) {
      const done = settled(how, helpline, 'kr2-1');
      const facts = onward(two, { ...done, data: { ...done.data, offices: [sender, helpline] } });
      const last = factFor(helpline, facts, facts.at(-1) as Fact);
      expect(last?.data).toMatchObject({ withdrawals: ['kr2-1'] });
    }
  });

  test('of the other withdrawals that were settled with its own', () => {
    const two = onward(told(withHelpline, helpline), consentWithdrawn(abroad, 'vn1-1', 'kr1-1'));
    const done = settled('refuted', helpline, 'kr2-1');
    const both = ['kr2-1', 'vn1-1'];
    const facts = onward(two, {
      ...done,
      data: { ...done.data, withdrawals: both, offices: [sender, helpline] },
    });
    expect(heard(helpline, facts).map((fact) => fact?.data)).toMatchObject([
      { withdrawals: ['kr2-1'] },
    ]);
    expect(factFor(sender, facts, facts.at(-1) as Fact)?.data).toMatchObject({ withdrawals: both });
  });

  test('more of it once another office is the sender, and asks her itself', () => {
    const before = log(
      submitted({
        helplines: [helpline],
        grants: [{ office: abroad }, ...takesOver(shelter), { office: sender }, { office: home }],
      }),
    );
    const waits = told(before, helpline);
    expect(types(helpline, waits)).toEqual(['consent.withdrawn.v1']);
    expect(types(helpline, onward(waits, handOverProposed(shelter), takenOver(shelter)))).toEqual(
      [],
    );
  });
});
