import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { CommandOf, Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { sample } from '../support/commands.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  sender,
  stranger,
  union,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';
import { declined, made } from '../support/steps.ts';

const allowed = (facts: readonly Fact[], caller: Worker) =>
  allowedCommands(fold(facts), caller, contextIn(countryOf(caller.office)))
    .filter(({ offer }) => offer === undefined || offer === 'kr1-1')
    .map(({ command }) => command)
    .toSorted();

/** What takes effect with at least one input. */
const possible = (facts: readonly Fact[], caller: Worker, next: Office) => {
  const beside = [
    { office: next, lines: ['l2'], parallel: true },
    { office: union, lines: ['l1'], parallel: true },
  ].map((input) => command('offer', caller, input));
  const { input } = sample(caller, next)['record-consent'] as CommandOf<'record-consent'>;
  const grants = input.grants.map((grant) => ({ ...grant, stages: [1] }));
  const narrower = command('record-consent', caller, { ...input, grants });
  const parts = ['safe-contact', 'identity'].map((part) =>
    command('amend', caller, { parts: [part] }),
  );
  const samples = [...Object.values(sample(caller, next)), ...beside, narrower, ...parts];
  const takes = samples.filter((does) => {
    try {
      return does.do !== 'submit' && given(facts).when(does) !== undefined;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  });
  return [...new Set(takes.map((does) => does.do as string))].toSorted();
};

describe.each([abroad, home])('with an offer to %s', (office) => {
  const facts = situations(office, countryOf(office));
  const next = office === abroad ? home : abroad;

  test.each(Object.keys(facts))(
    'everybody is told what they may do, and no more, when it is %s',
    (name) => {
      for (const who of [sender, office, union, stranger, helpline])
        for (const role of ['worker', 'supervisor'] as const) {
          const caller = worker(who, role);
          const known = facts[name] ?? [];
          expect([who, role, allowed(known, caller)]).toEqual([
            who,
            role,
            possible(known, caller, next),
          ]);
        }
    },
  );
});

test('a line that went through five offers is not said to be offerable', () => {
  const lists = [abroad, union, home, abroad, union];
  let facts = log(submitted({ lines: [[abroad]] }));
  for (const [i, office] of lists.entries()) {
    const id = i === 0 ? 'kr1-1' : facts.at(-1)?.data.offer;
    facts = onward(facts, declined({ office, offer: String(id) }));
    const follows = lists[i + 1];
    const slot = facts.filter(({ country }) => country === 'kr').length + 1;
    if (follows)
      facts = onward(facts, made({ office: follows, offer: `kr${slot}-1` }, { replaces: id }));
  }
  const boss = worker(sender, 'supervisor');
  expect(possible(facts, boss, stranger)).not.toContain('offer');
  expect(allowed(facts, boss)).not.toContain('offer');
});
