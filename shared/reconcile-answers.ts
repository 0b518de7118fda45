import type { Fact } from '../events/envelope.ts';
import { inGroups } from './in-groups.ts';
import { type Reconciler, reconcilePage } from './reconcile.ts';
import type { Question } from './reconcile-messages.ts';
import { inOrder } from './referral/order.ts';
import { headOf, type Slot } from './slots.ts';

/** Bounds an answer to well below the 6 MB of an invocation. */
const MOST_COPIES = 500;

/** Answers the peer. Of a subject that has not reach `both` it learns nothing, not even that it exists. */
export const answer = async (w: Reconciler, question: Question) => {
  switch (question.ask) {
    case 'counts': {
      const heads = await inGroups(question.subjects, async (subject) =>
        headOf(await w.slots.of(subject)),
      );
      const shared = heads.filter((head) => head?.reach === 'both');
      return Object.fromEntries(
        shared.flatMap((head) => (head ? [[head.subject, head.counts]] : [])),
      );
    }
    case 'page':
      return reconcilePage(w, question, question);
    case 'heads': {
      const { heads, ...page } = await w.slots.scan(question.segment, question.at);
      return { heads: heads.filter(({ reach }) => reach === 'both'), ...page };
    }
    case 'copies': {
      const { subject, after } = question;
      const its = (await w.slots.of(subject)).filter(
        ({ reach, country, seq }) => reach === 'both' && seq > after[country],
      );
      return its
        .toSorted(causesFirst)
        .slice(0, MOST_COPIES)
        .map(({ text }) => text);
    }
  }
};

const causesFirst = (a: Slot, b: Slot) =>
  inOrder(JSON.parse(a.text) as Fact, JSON.parse(b.text) as Fact);
