import { KEY_RECOVERY_DAYS } from '../../events/content.ts';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import { peerOf } from './order.ts';
import { receiptsDue } from './receipts.ts';
import { type Named, type Naming, told } from './report-naming.ts';
import type { Referral } from './state.ts';

/** A country that may hold anything: when it was destroyed, and when no backup of a key is left. */
export type Destroyed = {
  readonly country: Country;
  readonly at?: Instant;
  readonly backupsGone?: Instant;
};

/**
 * What an office says of its own copy; `owed`: nothing yet. `fact`: of its receipt, by which the gate names the law that keeps one
 * to whoever gives her this report.
 */
export type Copy = {
  readonly office: Named;
  readonly copy: 'destroyed' | 'kept' | 'owed';
  readonly at?: Instant;
  readonly fact?: Fact['id'];
};

const DAY = 24 * 3_600_000;
const afterBackups = (at: Instant) =>
  new Date(Date.parse(at) + KEY_RECOVERY_DAYS * DAY).toISOString() as Instant;

export const destroyedIn = ({ origin, reach, content }: Referral): Destroyed[] => {
  const countries = reach === 'both' ? [origin, peerOf(origin)] : [origin];
  return countries.map((country) => {
    const at = content.erased.find((moment) => moment.country === country)?.at;
    return { country, ...(at && { at, backupsGone: afterBackups(at) }) };
  });
};

export const copiesIn = (
  referral: Referral,
  facts: readonly ReferralFact[],
  named: Naming,
): Copy[] => {
  const said = facts
    .filter((fact) => fact.type === 'erasure.confirmed.v1')
    .map((fact) => ({
      ...told(fact, fact.actor as string as Office, named),
      copy: fact.data.kept ? ('kept' as const) : ('destroyed' as const),
      fact: fact.id,
    }));
  const read = new Set(referral.content.reads.map(({ office }) => office));
  const owing = [...read].filter((office) => receiptsDue(referral, office).length > 0);
  return [...said, ...owing.map((office) => ({ office: named(office), copy: 'owed' as const }))];
};
