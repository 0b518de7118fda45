import '../support/env.ts';
import { describe, expect, test } from 'vitest';
import { handler as rebuild } from '../../functions/views/rebuild.ts';
import { officeLog } from '../support/offices.ts';
import { rebuildAll } from '../support/rebuilt.ts';
import { tables } from '../support/tables.ts';

describe('rebuilt views', () => {
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
