import { isDeepStrictEqual } from 'node:util';
import { Fact, type Instant } from '../events/envelope.ts';
import { Conflict } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { log } from './log.ts';
import type { Part, Peer } from './peer.ts';
import type { Counts } from './referral/order.ts';
import { headOf, type Slots } from './slots.ts';

type Restored = {
  readonly country: Fact['country'];
  readonly slots: Pick<Slots, 'of'>;
  /** Not the closed one. */
  readonly ledger: Pick<Ledger, 'append'>;
  readonly now: () => Instant;
};

/** What became of a fact that comes back. `other-bytes`: its slot holds another one, which stays. */
export type PutBack = 'put-back' | 'already-back' | 'other-bytes';

const none: Counts = { kr: 0, vn: 0 };

/**
 * Puts the facts that a restored ledger lost back into their slots, as the peer has kept them: one page of what it knows.
 * The peer's own ones too, since ours rest on them: by the border they could not come in while the log is torn.
 */
export const putBackPage = async (
  w: Restored & { readonly peer: Pick<Peer, 'heads' | 'copies'> },
  part: Part,
) => {
  const { heads, next } = await w.peer.heads(part);
  const done = { 'put-back': 0, 'already-back': 0, 'other-bytes': 0 };
  for (const { subject, counts } of heads) {
    let here = headOf(await w.slots.of(subject))?.counts ?? none;
    while (here.kr < counts.kr || here.vn < counts.vn) {
      const texts = await w.peer.copies(subject, here);
      const copies = texts.map((text) => factOf(JSON.parse(text), subject));
      if (copies.length === 0) break;
      for (const fact of copies) done[await putBack(w, fact)] += 1;
      const last = (of: Fact['country']) =>
        copies.findLast(({ country }) => country === of)?.seq ?? here[of];
      here = { kr: last('kr'), vn: last('vn') };
    }
  }
  return { putBack: done['put-back'], otherBytes: done['other-bytes'], next };
};

/** As it was written: parsed only to be judged, since anything could be handed to us. Throws when it is no fact of its subject. */
export const factOf = (value: unknown, of?: string): Fact => {
  const { subject, country, seq, source, id } = Fact.parse(value);
  const whole = source === `urn:referrals:${country}` && id === `${subject}/${country}/${seq}`;
  if (!whole || (of !== undefined && subject !== of))
    throw new Error('What was handed back is no fact of its subject');
  return value as Fact;
};

/** Into its slot, whatever it rests on: what comes back comes in any order. What stands there already is never changed. */
export const putBack = async (w: Restored, fact: Fact): Promise<PutBack> => {
  const outcome = await appended(w, fact);
  const { subject, country, seq } = fact;
  const line = { subject, country, seq };
  if (outcome === 'already-back') log.info('already back', line);
  if (outcome === 'other-bytes') log.warn('the slot holds other bytes', line);
  return outcome;
};

const appended = async ({ country, ledger, slots, now }: Restored, fact: Fact) => {
  try {
    await ledger.append(fact, fact.country === country ? {} : { receivedAt: now() });
    return 'put-back';
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const there = (await slots.of(fact.subject)).find(
      (slot) => slot.country === fact.country && slot.seq === fact.seq,
    );
    const same = isDeepStrictEqual(JSON.parse(there?.text ?? 'null'), fact);
    return same ? 'already-back' : 'other-bytes';
  }
};
