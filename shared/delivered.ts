import type { Fact, Instant, Office } from '../events/envelope.ts';
import type { Deliveries } from './deliveries.ts';
import type { Directory } from './directory.ts';
import type { Endpoints } from './endpoints.ts';
import type { Ledger } from './ledger.ts';
import { log } from './log.ts';
import { factFor, mayHear } from './referral/fact-for.ts';
import { fold } from './referral/fold.ts';
import type { Secrets } from './secrets.ts';
import { signed } from './sign.ts';

type With = {
  readonly deliveries: Deliveries;
  readonly endpoints: Endpoints;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly directory: Pick<Directory, 'offices'>;
  readonly now: () => Instant;
  /** Gives the status, or throws when there was none. */
  readonly send: (url: string, headers: Record<string, string>, body: string) => Promise<number>;
};

/** Looks, asks whether the office may hear it now, signs, POSTs, records. A final delivery is left alone. */
export const delivered = async (w: With, id: string): Promise<'done' | 'withheld' | 'failed'> => {
  const delivery = await w.deliveries.get(id);
  if (delivery?.state !== 'pending') return 'done';
  const { office, country, seq } = delivery;
  const endpoint = await w.endpoints.get(office, delivery.endpoint);
  if (!endpoint) return 'done';
  const facts = (await w.ledger.load(delivery.subject)).map(({ fact }) => fact);
  const fact = facts.find((f) => f.country === country && f.seq === seq);
  const suspended = (await w.directory.offices())[office]?.active === false;
  const cut = fact && mayBeTold(fact, suspended) && cutFor(office, facts, fact);
  if (!cut) {
    await w.deliveries.tried(id, 'withheld', w.now());
    return 'withheld';
  }
  const body = JSON.stringify(cut);
  const key = await w.secrets.open(endpoint.id, endpoint.secret);
  const at = w.now();
  const headers = signed(cut.id, Math.floor(Date.parse(at) / 1000), body, [key]);
  const status = await w.send(endpoint.url, headers, body).catch((error: unknown) => {
    log.warn('no answer', { delivery: id, error: error instanceof Error ? error.name : 'unknown' });
    return 0;
  });
  const success = status >= 200 && status < 300;
  if (!success) log.warn('not taken', { delivery: id, endpoint: endpoint.id, status });
  await w.deliveries.tried(id, success ? 'delivered' : 'pending', at);
  return success ? 'done' : 'failed';
};

/** A suspended office hears that it is, and nothing else. */
const mayBeTold = ({ type }: Fact, suspended: boolean): boolean =>
  !suspended || type === 'office.suspended.v1';

/** The fact as this office may read it now. An office hears of its own entry of the directory in full. */
const cutFor = (office: Office, facts: readonly Fact[], fact: Fact): Fact | undefined => {
  if (!fact.subject.startsWith('ref_')) return fact;
  return mayHear(fold(facts), office, fact) ? factFor(office, facts, fact) : undefined;
};
