import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { ofWithdrawals } from '../../shared/referral/clocks-of-referral.ts';
import type { Act } from '../../shared/referral/command.ts';
import { factFor, hearersOf, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { log, onward, placed, submitted, takesOver } from '../support/facts.ts';
import { command, after as grown } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  sender,
  shelter,
  union,
  worker,
} from '../support/people.ts';
import {
  accepted,
  cancelled,
  completed,
  consentWithdrawn,
  handOverProposed,
  referred,
  takenOver,
} from '../support/steps.ts';

const everyone = [abroad, union, home, sender].map((office) => ({ office }));
const grants = [...everyone, ...takesOver(shelter)];
const proposed = log(submitted({ lines: [[abroad]], grants }), handOverProposed(shelter));
const moved = onward(proposed, takenOver(shelter));

describe('an offer to the new sender that crossed the hand-over', () => {
  const facts = [
    ...moved,
    placed(accepted(), 'vn', 1, 1),
    placed(referred({ to: shelter, offer: 'vn2-1' }), 'vn', 2, 1),
  ];
  const own = { office: shelter, offer: 'vn2-1' };
  const asks = (name: Act, input: object = {}) =>
    command(name, worker(shelter, 'supervisor'), input, 'vn2-1');

  test('is answered by it as its receiver', () => {
    expect(fold(facts).setAside).toEqual([]);
    for (const step of [asks('acknowledge'), asks('decline', { reason: 'no-capacity' })])
      expect(fold(grown(facts, step)).setAside).toEqual([]);
    const commands = allowedCommands(
      fold(facts),
      worker(shelter, 'supervisor'),
      contextIn('kr'),
    ).flatMap((one) => (one.offer === 'vn2-1' ? [one.command] : []));
    expect(commands).toContain('decline');
    expect(commands).toContain('withdraw');
  });

  test('is ended by it as its receiver, once it serves', () => {
    const serving = onward(facts, accepted(own));
    const ends = cancelled({ ...own, actor: shelter }, { cause: 'receiver' });
    expect(fold(onward(serving, ends)).setAside).toEqual([]);
    expect(fold(onward(facts, ends)).setAside).toHaveLength(1);
  });
});

test('what crossed the hand-over is told to the new sender', () => {
  const crossed = placed(accepted(), 'vn', 1, 1);
  const facts = [...moved, crossed];
  expect(crossed.data.offices).not.toContain(shelter);
  expect(hearersOf(fold(facts), crossed)).toEqual([...crossed.data.offices, shelter]);
  expect(hearersOf(fold(proposed), crossed)).toEqual(crossed.data.offices);
  expect(hearersOf(fold([]), crossed)).toEqual(crossed.data.offices);
});

test('the old sender hears that it was taken over, and nothing after it', () => {
  const later = onward(moved, accepted());
  const heard = (office: Office) =>
    later.filter((fact) => mayHear(fold(later), office, fact) && factFor(office, later, fact));
  expect(heard(sender).map(({ type }) => type)).toEqual(['responsibility.moved.v1']);
});

test('the proposed office hears of its own consent', () => {
  const records = command('record-consent', worker(sender), {
    noticeVersion: 'test',
    noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
    grants: [
      { office: shelter, direction: 'kr', stages: [1, 2], expires: '2027-01-01T00:00:00.000Z' },
    ],
  });
  const facts = grown(proposed, records);
  const fact = facts.at(-1) as Fact;
  expect(fact.data.offices).toEqual([sender, shelter]);
  expect(mayHear(fold(facts), shelter, fact)).toBe(true);
  expect(factFor(shelter, facts, fact)?.data.grants).toHaveLength(1);
  expect(mayHear(fold(facts), home, fact)).toBe(false);
});

test('a helpline that took over is not asked to confirm what another wrote down, as a helpline', () => {
  const withHelplines = submitted({
    lines: [[abroad]],
    grants: [...everyone, ...takesOver(helpline)],
    helplines: [helpline, home],
  });
  const facts = onward(
    log(withHelplines, handOverProposed(helpline)),
    takenOver(helpline),
    consentWithdrawn(helpline, 'kr4-1', 'kr1-1'),
  );
  const { referral } = fold(facts);
  const owing = referral && ofWithdrawals(referral, contextIn('kr')).map(({ owes }) => owes);
  expect(owing).toEqual([home]);
});

describe('what comes back over the border', () => {
  const ends = [accepted(), completed()];
  const begun = log(submitted({ lines: [[abroad, union]], grants: everyone }));
  const told = (facts: readonly Fact[]) =>
    facts.flatMap((fact) =>
      mayHear(fold(facts), sender, fact) ? (factFor(sender, facts, fact)?.type ?? []) : [],
    );

  test('is told the sender while she consents to it, and not once she withdrew that', () => {
    expect(told(onward(begun, ...ends))).toContain('service.closed.v1');
    const withdrawn = onward(begun, consentWithdrawn(sender, 'kr2-1', 'kr1-4'), ...ends);
    expect(fold(withdrawn).setAside).toEqual([]);
    expect(told(withdrawn)).not.toContain('service.closed.v1');
    expect(told(withdrawn)).toContain('offer.accepted.v1');
    expect(viewFor(sender, fold(withdrawn), contextIn('kr'))).toMatchObject({
      status: 'active',
      lines: [{ status: 'placed' }],
      offers: [{ status: 'accepted' }],
    });
  });

  test('is told of an office of the sender’s own country all the same', () => {
    const facts = onward(
      log(submitted({ lines: [[home]], grants: everyone })),
      consentWithdrawn(sender, 'kr2-1', 'kr1-4'),
      ...[accepted({ office: home }), completed({ office: home })],
    );
    expect(told(facts)).toContain('service.closed.v1');
    expect(viewFor(sender, fold(facts), contextIn('kr'))).toMatchObject({ status: 'completed' });
  });
});
