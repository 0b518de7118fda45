import type { Peer } from './peer.ts';
import { headOf, type Slots } from './slots.ts';

/** One subject is quickly counted; ten that wait must fit into one run of follow-up, also where nobody answers. */
const ANSWERS_WITHIN = 5_000;

/**
 * Whether both countries hold the same facts of a subject right now; one of this country alone needs nobody's word.
 * Throws while the peer does not answer: what cannot be undone then has to wait.
 */
export const agreesOn = async (
  { slots, peer }: { slots: Pick<Slots, 'of'>; peer: Pick<Peer, 'counts'> },
  subject: string,
): Promise<boolean> => {
  const head = headOf(await slots.of(subject));
  if (!head) return false;
  if (head.reach !== 'both') return true;
  const theirs = (await peer.counts([subject], ANSWERS_WITHIN))[subject];
  return theirs?.kr === head.counts.kr && theirs.vn === head.counts.vn;
};
