import type { Country, Instant } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import type { Directory } from './directory.ts';
import { invalid } from './errors.ts';
import { inGroups } from './in-groups.ts';
import type { Ledger } from './ledger.ts';
import { listedIn, project } from './project.ts';
import { SEGMENTS, type Slots } from './slots.ts';
import type { Views } from './views.ts';

export type Rebuilt = {
  /** Subjects shown anew, rows taken away. */
  readonly projected: number;
  readonly removed: number;
  /** Where the following page begins; none: all is done. */
  readonly next?: string;
};

type Stores = {
  readonly ledger: Pick<Ledger, 'load'>;
  readonly slots: Pick<Slots, 'scan'>;
  readonly views: Views;
  readonly directory: Directory;
  readonly country: Country;
  readonly now: () => Instant;
};

/**
 * One page of making the lists and the directory anew: first all that the ledger holds, then away with rows that it does not
 * explain. Nothing is missing meanwhile, and work goes on.
 */
export const rebuildPage = async (stores: Stores, from = 'ledger-0'): Promise<Rebuilt> => {
  const [, part = '', cursor] = /^(ledger-\d|rows)(?::([A-Za-z0-9_-]+))?$/.exec(from) ?? [];
  if (part === 'rows') return sweep(stores, cursor);
  const segment = Number(part.slice('ledger-'.length));
  if (part === '' || segment >= SEGMENTS) throw invalid('/from', 'Must be the `next` of a page');
  const { heads, next } = await stores.slots.scan(segment, cursor);
  await inGroups(heads, ({ subject }) => project(stores, subject));
  const following = segment + 1 < SEGMENTS ? `ledger-${segment + 1}` : 'rows';
  return { projected: heads.length, removed: 0, next: next ? `${part}:${next}` : following };
};

const sweep = async (stores: Stores, cursor: string | undefined) => {
  const { ledger, views } = stores;
  const { rows, next } = await views.rows(cursor);
  const stale = await inGroups(rows, async (row) => {
    const log = await ledger.load(row.ref);
    const facts = log.map(({ fact }) => fact);
    const isRight = listedIn(facts, await contextOf(stores, log)).some(
      ({ list, office, since }) =>
        list === row.list && office === row.office && since === row.since,
    );
    if (!isRight) await views.remove(row);
    return isRight ? 0 : 1;
  });
  const removed = stale.reduce<number>((sum, n) => sum + n, 0);
  return { projected: 0, removed, ...(next && { next: `rows:${next}` }) };
};
