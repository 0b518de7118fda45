import type { Actor, Country, Fact, Instant, Reach } from '../events/envelope.ts';
import { Conflict, Refused } from './errors.ts';
import type { Mark } from './ids.ts';
import type { Ledger, Recorded } from './ledger.ts';
import { type Counts, countsOf, peerOf } from './referral/order.ts';

/** A fact without its envelope, and who wrote it. */
export type Drafted = {
  readonly type: string;
  readonly reach: Reach;
  readonly actor: Actor;
  readonly data: object;
};

const MOST_TRIES = 10;

/**
 * Loads a subject's log, decides, appends; when somebody took the slot meanwhile, loads and decides again.
 * Gives the log as it stands afterwards, and whether a fact was recorded. Throws what `decide` throws, and `Refused` 503 `busy` when the slot is lost ten times.
 */
export const record = async (
  { ledger, country, now }: { ledger: Ledger; country: Country; now: () => Instant },
  subject: string,
  decide: (log: readonly Recorded[]) => Drafted | undefined,
  mark?: Mark,
): Promise<{ facts: Fact[]; recorded: boolean }> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const log = await ledger.load(subject);
    const facts = log.map(({ fact }) => fact);
    const draft = decide(log);
    if (!draft) return { facts, recorded: false };
    const fact = enveloped(draft, { subject, country, counts: countsOf(facts), time: now() });
    try {
      await ledger.append(fact, mark ? { mark } : {});
      return { facts: [...facts, fact], recorded: true };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new Refused('busy', 503, 'Many changes at the same moment: try again');
};

const enveloped = (
  { type, reach, actor, data }: Drafted,
  {
    subject,
    country,
    counts,
    time,
  }: { subject: string; country: Country; counts: Counts; time: Instant },
): Fact => {
  const seq = counts[country] + 1;
  return {
    specversion: '1.0',
    id: `${subject}/${country}/${seq}`,
    source: `urn:referrals:${country}`,
    type,
    subject,
    time,
    country,
    seq,
    seen: counts[peerOf(country)],
    reach,
    actor,
    data: data as Fact['data'],
  };
};
