import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { factFor, mayHear } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { viewFor } from '../../shared/referral/view.ts';
import { everyHistory, forHistory } from '../support/every-history.ts';
import { oddButCaused, oddFacts } from '../support/odd-facts.ts';
import { abroad, contextIn, sender, stranger, union, worker } from '../support/people.ts';
import { holds } from '../support/seed.ts';

const RUNS = 10_000;
const shuffled = (facts: readonly Fact[]) =>
  fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length });

test('the fold is the same for any order of arrival', () =>
  everyHistory((two, n) => {
    const facts = two.all();
    expect(fold(forHistory(shuffled(facts), n))).toEqual(fold(facts));
  }));

test('so it is for facts that no honest country writes', () =>
  holds(
    fc.property(
      oddFacts.chain((facts) => fc.tuple(fc.constant(facts), shuffled(facts))),
      ([facts, arrived]) => {
        expect(fold(arrived)).toEqual(fold(facts));
      },
    ),
    RUNS,
  ));

test('fold and all that reads it take any facts: nothing throws, every fact is counted once', () =>
  holds(
    fc.property(oddFacts, (facts) => {
      const state = fold(facts);
      expect(state.counts.kr + state.counts.vn).toBe(facts.length);
      const spared = [...state.unknown, ...state.setAside];
      expect(new Set(spared).size).toBe(spared.length);
      for (const office of [sender, abroad, union, stranger]) {
        viewFor(office, state, contextIn('kr'));
        for (const fact of facts.slice(-2)) {
          factFor(office, facts, fact);
          mayHear(state, office, fact);
        }
      }
      for (const country of ['kr', 'vn'] as const) dueNext(state, contextIn(country));
      allowedCommands(state, worker(abroad), contextIn('vn'));
      allowedCommands(state, worker(sender, 'supervisor'), contextIn('kr'));
    }),
    RUNS,
  ));

test('a fold never changes its mind: what it set aside, and what it took, it does for ever', () =>
  holds(
    fc.property(oddButCaused, fc.nat(12), (facts, n) => {
      const early = facts.slice(0, n + 1);
      const ids = early.map(({ id }) => id);
      const late = fold(facts).setAside.filter((id) => ids.includes(id));
      expect(fold(early).setAside.toSorted()).toEqual(late.toSorted());
    }),
    RUNS,
  ));

test('no two facts make one id, in whatever country and however cut', () =>
  everyHistory((two) => {
    const facts = two.all();
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    const offers = fold(facts).referral?.offers.map(({ id }) => id) ?? [];
    expect(new Set(offers).size).toBe(offers.length);
  }));
