import '../support/env.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { handler as projectFacts } from '../../functions/views/project.ts';
import { handler as rebuild } from '../../functions/views/rebuild.ts';
import { queueOf } from '../support/aws.ts';
import { seedDirectory } from '../support/directory.ts';
import { anyHistory } from '../support/histories.ts';
import { officeLog } from '../support/offices.ts';
import { holds } from '../support/seed.ts';
import { tables } from '../support/tables.ts';

type Db = ReturnType<typeof tables>;

/** Lists and directory, without what reconciliation keeps beside them. */
const shown = ({ items }: Db) =>
  new Map([...items].filter(([key]) => /^views (inbox|sent|directory)/.test(key)).toSorted());

const rebuildAll = async () => {
  let pages = 0;
  let from: string | undefined;
  do {
    from = (await rebuild({ ...(from && { from }) })).next;
    pages += 1;
  } while (from && pages < 1000);
  return pages;
};

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

describe('rebuilt views', () => {
  test('equal those that grew, whatever came when, twice or late', () =>
    holds(
      fc.asyncProperty(
        anyHistory(16),
        fc.infiniteStream(fc.record({ twice: fc.boolean(), late: fc.boolean() })),
        async (two, chances) => {
          const facts = arriving(two.own.kr, two.own.vn, two.heard.kr);
          const db = tables({ pageSize: 3 });
          seedDirectory(db);
          const waiting: Fact[] = [];
          for (const fact of facts) {
            db.hold([fact]);
            const { twice, late } = chances.next().value;
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
        },
      ),
      100,
    ));

  test('hold the directory, and go on page by page', async () => {
    const db = tables({ pageSize: 2 });
    db.hold(officeLog({ type: 'office.capacity-set.v1', data: { capacity: 'waitlist' } }));
    expect(await rebuildAll()).toBeGreaterThan(4);
    const [entry] = Object.values(db.items.get('views directory kr')?.offices?.M ?? {});
    expect(entry?.M?.folded).toEqual({ N: '2' });
  });

  test('lose the rows that no fact explains, and nothing else', async () => {
    const db = tables();
    const stale =
      'views inbox#kr-invented-shelter 2026-01-01T00:00:00.000Z#ref_0000000000000000000000TEST';
    const [, pk = '', sk = ''] = stale.split(' ');
    for (const key of [stale, 'views ref_0000000000000000000000TEST seen', 'views touched#2026 x'])
      db.items.set(key, {
        pk: { S: key === stale ? pk : (key.split(' ')[1] ?? '') },
        sk: { S: key === stale ? sk : 'seen' },
      });
    await rebuildAll();
    expect([...db.items.keys()]).toHaveLength(2);
    expect(db.items.has(stale)).toBe(false);
  });

  test('show what newer code makes of the same facts', async () => {
    const db = tables();
    db.hold(officeLog());
    await rebuildAll();
    const entry = db.items.get('views directory kr')?.offices?.M?.['vn-invented-desk']?.M;
    if (entry) entry.kind = { S: 'as older code had it' };
    await rebuildAll();
    expect(db.items.get('views directory kr')?.offices?.M?.['vn-invented-desk']?.M?.kind).toEqual({
      S: 'one-stop-service-office',
    });
  });

  test.each(['', 'nowhere', 'ledger-9', 'ledger-x', 'rows:…'])(
    'from %j is refused',
    async (from) => {
      tables();
      await expect(rebuild({ from })).rejects.toThrow('next');
    },
  );
});
