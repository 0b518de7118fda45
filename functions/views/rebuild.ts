import * as z from 'zod';
import { log } from '../../shared/log.ts';
import { rebuildPage } from '../../shared/rebuild.ts';
import { country, directory, ledger, now, slots, views } from '../../shared/world.ts';

const Page = z.strictObject({ from: z.string().optional() });

/** Invoked by hand, page after page, each with the `next` of the one before as its `from`, until none is given. */
export const handler = async (event: unknown) => {
  const { from } = Page.parse(event ?? {});
  const stores = {
    ledger: ledger(),
    slots: slots(),
    views: views(),
    directory: directory(),
    country: country(),
    now,
  };
  const done = await rebuildPage(stores, from);
  log.info('rebuilt', { projected: done.projected, removed: done.removed, done: !done.next });
  return done;
};
