import * as z from 'zod';
import { log } from '../../shared/log.ts';
import { eraseAgainPage, recoverPage } from '../../shared/recover.ts';
import { deliveries, queue, slots } from '../../shared/world.ts';

const Page = z.strictObject({ from: z.string().optional(), erase: z.literal(true).optional() });

/**
 * Invoked by hand, page after page, each with the `next` of the one before as its `from`, until none is given. `erase`: after a
 * vault or its keys were restored, instead of all else.
 */
export const handler = async (event: unknown) => {
  const { from, erase } = Page.parse(event ?? {});
  if (erase) {
    const page = await eraseAgainPage({ slots: slots(), erase: queue('ERASE') }, from);
    log.info('erasing again', { asked: page.asked, done: !page.next });
    return page;
  }
  const stores = {
    ...{ slots: slots(), deliveries: deliveries() },
    ...{ followUp: queue('FOLLOW_UP'), deliver: queue('DELIVER') },
  };
  const done = await recoverPage(stores, from);
  log.info('recovered', { looked: done.looked, sent: done.sent, done: !done.next });
  return done;
};
