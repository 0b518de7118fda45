import type { Deliveries } from './deliveries.ts';
import { invalid } from './errors.ts';
import { inGroups } from './in-groups.ts';
import type { Queue } from './queue.ts';
import { SEGMENTS, type Slots } from './slots.ts';

export type Recovered = {
  /** Referrals that follow-up looks at again, deliveries that wait in the queue again. */
  readonly looked: number;
  readonly sent: number;
  /** Where the following page begins; none: all is done. */
  readonly next?: string;
};

type Stores = {
  readonly slots: Pick<Slots, 'scan'>;
  readonly deliveries: Pick<Deliveries, 'pending'>;
  readonly followUp: Queue;
  readonly deliver: Queue;
};

/**
 * One page of what a new network stack has lost with its schedules and queues: follow-up looks at every referral and sets its
 * wake-up, then what was not delivered goes out again. Both are known by their id, so that a second run does nothing twice.
 */
export const recoverPage = async (w: Stores, from = 'ledger-0'): Promise<Recovered> => {
  const [, part = '', cursor] = /^(ledger-\d|deliveries)(?::([A-Za-z0-9_-]+))?$/.exec(from) ?? [];
  if (part === 'deliveries') return sendAgain(w, cursor);
  const segment = Number(part.slice('ledger-'.length));
  if (part === '' || segment >= SEGMENTS) throw invalid('/from', 'Must be the `next` of a page');
  const { heads, next } = await w.slots.scan(segment, cursor);
  const referrals = heads.filter(({ subject }) => subject.startsWith('ref_'));
  await inGroups(referrals, ({ subject }) => w.followUp.send({ subject }));
  const following = segment + 1 < SEGMENTS ? `ledger-${segment + 1}` : 'deliveries';
  return { looked: referrals.length, sent: 0, next: next ? `${part}:${next}` : following };
};

const sendAgain = async ({ deliveries, deliver }: Stores, cursor?: string): Promise<Recovered> => {
  const { ids, next } = await deliveries.pending(cursor);
  // Not the id by which it was sent first: the queue may still remember that one.
  await inGroups(ids, (id) => deliver.send({ id }, { group: id, once: `recover-${id}` }));
  return { looked: 0, sent: ids.length, ...(next && { next: `deliveries:${next}` }) };
};
