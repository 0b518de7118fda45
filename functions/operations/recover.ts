import * as z from 'zod';
import { log } from '../../shared/log.ts';
import { recoverPage } from '../../shared/recover.ts';
import { deliveries, queue, slots } from '../../shared/world.ts';

const Page = z.strictObject({ from: z.string().optional() });

/** Invoked by hand, page after page, each with the `next` of the one before as its `from`, until none is given. */
export const handler = async (event: unknown) => {
  const { from } = Page.parse(event ?? {});
  const stores = {
    ...{ slots: slots(), deliveries: deliveries() },
    ...{ followUp: queue('FOLLOW_UP'), deliver: queue('DELIVER') },
  };
  const done = await recoverPage(stores, from);
  log.info('recovered', { looked: done.looked, sent: done.sent, done: !done.next });
  return done;
};
