import type { Country, Instant } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import type { Directory } from './directory.ts';
import { inGroups } from './in-groups.ts';
import type { Ledger } from './ledger.ts';
import { listedIn, project } from './project.ts';
import type { Slots } from './slots.ts';
import type { Views } from './views.ts';
import { walkPage } from './walk.ts';

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
export const rebuildPage = (stores: Stores, from?: string): Promise<Rebuilt> =>
  walkPage(
    {
      slots: stores.slots,
      subjects: async (subjects) => {
        await inGroups(subjects, (subject) => project(stores, subject));
        return { projected: subjects.length, removed: 0 };
      },
      after: { name: 'rows', page: (cursor) => sweep(stores, cursor) },
    },
    from,
  );

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
  return { done: { projected: 0, removed }, ...(next && { next }) };
};
