import type { Deliveries } from './deliveries.ts';
import { inGroups } from './in-groups.ts';
import type { Queue } from './queue.ts';
import type { Slots } from './slots.ts';
import { walkPage } from './walk.ts';

export type Recovered = {
  /** Referrals that follow-up looks at again, deliveries that wait in the queue again. */
  readonly looked: number;
  readonly sent: number;
  /** Where the following page begins; none: all is done. */
  readonly next?: string;
};

export type Asked = {
  /** Referrals that `erase` looks at again. */
  readonly asked: number;
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
export const recoverPage = (w: Stores, from?: string): Promise<Recovered> =>
  walkPage(
    {
      slots: w.slots,
      subjects: async (subjects) => {
        const referrals = referralsIn(subjects);
        await inGroups(referrals, (subject) => w.followUp.send({ subject }));
        return { looked: referrals.length, sent: 0 };
      },
      after: { name: 'deliveries', page: (cursor) => sendAgain(w, cursor) },
    },
    from,
  );

/**
 * One page of what a restored vault or its keys must forget again: `erase` looks at every referral, and destroys where it did
 * before.
 */
export const eraseAgainPage = (
  { slots, erase }: Pick<Stores, 'slots'> & { readonly erase: Queue },
  from?: string,
): Promise<Asked> =>
  walkPage(
    {
      slots,
      subjects: async (subjects) => {
        const referrals = referralsIn(subjects);
        await inGroups(referrals, (subject) => erase.send({ subject }));
        return { asked: referrals.length };
      },
    },
    from,
  );

const referralsIn = (subjects: readonly string[]) =>
  subjects.filter((subject) => subject.startsWith('ref_'));

const sendAgain = async ({ deliveries, deliver }: Stores, cursor?: string) => {
  const { ids, next } = await deliveries.pending(cursor);
  // Not the id by which it was sent first: the queue may still remember that one.
  await inGroups(ids, (id) => deliver.send({ id }, { group: id, once: `recover-${id}` }));
  return { done: { looked: 0, sent: ids.length }, ...(next && { next }) };
};
