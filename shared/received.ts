import { isDeepStrictEqual } from 'node:util';
import { type Country, Fact, type Instant } from '../events/envelope.ts';
import { Conflict } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { causesHere, countsOf } from './referral/order.ts';

/** What became of something that came over the border. */
export type Received = 'appended' | 'repeat' | 'waiting' | 'refused';

/**
 * Puts a fact of the peer into its slot as it is, once every fact that it rests on is here. Refuses only what is not the peer's
 * fact at all: what its country does not own, or a wrong actor wrote, is set aside by the fold, alike in both countries.
 */
export const received = async (
  { ledger, peer, now }: { ledger: Ledger; peer: Country; now: () => Instant },
  detail: unknown,
): Promise<Received> => {
  const parsed = Fact.safeParse(detail);
  if (!parsed.success) return 'refused';
  const { id, subject, country, seq, source } = parsed.data;
  if (
    country !== peer ||
    source !== `urn:referrals:${peer}` ||
    id !== `${subject}/${country}/${seq}`
  )
    return 'refused';
  // As it came: the parsed copy would stand in another order of members.
  const fact = detail as Fact;
  const log = (await ledger.load(subject)).map((recorded) => recorded.fact);
  const there = log.find((f) => f.country === country && f.seq === seq);
  if (there) return isDeepStrictEqual(there, parsed.data) ? 'repeat' : 'refused';
  if (!causesHere(countsOf(log), fact)) return 'waiting';
  try {
    await ledger.append(fact, { receivedAt: now() });
    return 'appended';
  } catch (error) {
    if (error instanceof Conflict) return 'waiting';
    throw error;
  }
};
