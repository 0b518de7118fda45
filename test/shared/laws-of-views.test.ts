import '../support/env.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { handler as projectFacts } from '../../functions/views/project.ts';
import { arrivalIn } from '../../shared/arrival.ts';
import { queueOf } from '../support/aws.ts';
import { seedDirectory } from '../support/directory.ts';
import { everyHistory, forHistory } from '../support/every-history.ts';
import { rebuildAll } from '../support/rebuilt.ts';
import { tables } from '../support/tables.ts';

type Db = ReturnType<typeof tables>;

/** Lists and directory, without what reconciliation keeps beside them. */
const shown = ({ items }: Db) =>
  new Map([...items].filter(([key]) => /^views (inbox|sent|directory)/.test(key)).toSorted());

/** The facts in the order in which the Korean ledger gets them. */
const arriving = (own: readonly Fact[], peers: readonly Fact[], heard: number): Fact[] => {
  const facts: Fact[] = [];
  let taken = 0;
  for (const fact of own) {
    facts.push(...peers.slice(taken, fact.seen), fact);
    taken = Math.max(taken, fact.seen);
  }
  return [...facts, ...peers.slice(taken, heard)];
};

const chances = fc.array(fc.record({ twice: fc.boolean(), late: fc.boolean() }), {
  minLength: 60,
  maxLength: 60,
});

test('rebuilt views equal those that grew, whatever came when, twice or late', () =>
  everyHistory(async (two, n) => {
    const facts = arriving(two.own.kr, two.own.vn, two.heard.kr);
    const db = tables({ pageSize: 3 });
    seedDirectory(db);
    const waiting: Fact[] = [];
    const drawn = forHistory(chances, n);
    for (const [i, fact] of facts.entries()) {
      db.hold([fact]);
      const { twice, late } = drawn[i % drawn.length] ?? {};
      if (late) waiting.push(fact);
      else await projectFacts(queueOf(fact, ...(twice ? [fact] : [])));
    }
    for (const fact of waiting.toReversed()) await projectFacts(queueOf(fact));
    const grown = structuredClone(shown(db));
    expect(grown.size).toBeGreaterThan(1);
    await rebuildAll();
    expect(shown(db)).toEqual(grown);
    for (const key of grown.keys()) if (!key.includes('directory')) db.items.delete(key);
    await rebuildAll();
    expect(shown(db)).toEqual(grown);
  }));

test('what came first stays first, whatever comes later', () =>
  everyHistory((two, n) => {
    const country = n % 2 === 0 ? 'kr' : 'vn';
    const peers = country === 'kr' ? two.own.vn : two.own.kr;
    const own = two.own[country];
    const all = [...own, ...peers].toSorted(arrivalIn(country));
    for (let n = 0; n <= own.length; n += 1) {
      const seen = own[n - 1]?.seen ?? 0;
      const before = [...peers.slice(0, seen), ...own.slice(0, n)].toSorted(arrivalIn(country));
      expect(all.slice(0, before.length)).toEqual(before);
    }
  }));
