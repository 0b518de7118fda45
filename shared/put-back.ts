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
  readonly peer: Pick<Peer, 'heads' | 'copies'>;
  readonly now: () => Instant;
};

const none: Counts = { kr: 0, vn: 0 };

/**
 * Puts the facts that a restored ledger lost back into their slots, as the peer has kept them: one page of what it knows.
 * The peer's own ones too, since ours rest on them: by the border they could not come in while the log is torn.
 */
export const putBackPage = async (w: Restored, part: Part) => {
  const { heads, next } = await w.peer.heads(part);
  let putBack = 0;
  for (const { subject, counts } of heads) {
    let here = headOf(await w.slots.of(subject))?.counts ?? none;
    while (here.kr < counts.kr || here.vn < counts.vn) {
      const copies = (await w.peer.copies(subject, here)).map((text) => factOf(text, subject));
      if (copies.length === 0) break;
      for (const fact of copies) if (await put(w, fact)) putBack += 1;
      const last = (of: Fact['country']) =>
        copies.findLast(({ country }) => country === of)?.seq ?? here[of];
      here = { kr: last('kr'), vn: last('vn') };
    }
  }
  return { putBack, next };
};

/** As it was written: parsed only to be judged, since the peer could hand us anything. */
const factOf = (text: string, subject: string): Fact => {
  const fact = JSON.parse(text) as Fact;
  const { country, seq, source, id } = Fact.parse(fact);
  const whole = source === `urn:referrals:${country}` && id === `${subject}/${country}/${seq}`;
  if (!whole || fact.subject !== subject)
    throw new Error('The other country handed back what is no fact of this subject');
  return fact;
};

const put = async ({ country, ledger, now }: Restored, fact: Fact): Promise<boolean> => {
  try {
    await ledger.append(fact, fact.country === country ? {} : { receivedAt: now() });
    return true;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    log.info('already back', { subject: fact.subject, seq: fact.seq });
    return false;
  }
};
