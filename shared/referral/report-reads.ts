import type { Instant, Office } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import type { Direction, GrantId, OverrideId } from '../../events/referral.ts';
import { directionTo, hadSeen, positionOf } from './order.ts';
import type { Named, Naming } from './report-naming.ts';
import type { Grant, Referral } from './state.ts';
import type { Of } from './steps.ts';

/** One time that somebody read: what, and by whose leave. */
export type Reading = {
  readonly office: Named;
  /** Not in facts of an older version. */
  readonly role?: 'worker' | 'supervisor';
  readonly at: Instant;
  /** What a gate holds: the origin's the case file, the other's what offices there wrote. */
  readonly saw:
    | 'summary'
    | 'summary-and-answers'
    | 'case-file'
    | 'safe-contact'
    | 'notes'
    /** Under which law offices keep a copy, and nothing of hers. */
    | 'receipts';
  readonly direction: Direction;
  /**
   * `sent`: it is the sender. `check`: it had to ask her whether a withdrawal was her wish. `report`: to tell her with her report.
   * Never less than what it may have seen.
   */
  readonly by: 'sent' | 'consent' | 'override' | 'check' | 'report' | 'unknown';
  readonly grants: readonly {
    readonly grant: GrantId;
    readonly recordedBy: Named;
    readonly recordedAt: Instant;
  }[];
  readonly override?: OverrideId;
};

type Read = Of<'case-file.disclosed.v1'>;

/** Each disclosure of either gate, in the common order. */
export const readingsIn = (
  referral: Referral,
  facts: readonly ReferralFact[],
  named: Naming,
): Reading[] =>
  facts
    .filter((fact) => fact.type === 'case-file.disclosed.v1')
    .map((read) => readingOf(referral, read, { facts, named }));

type Told = { readonly facts: readonly ReferralFact[]; readonly named: Naming };

const readingOf = (referral: Referral, read: Read, { facts, named }: Told): Reading => {
  const { country, time, data } = read;
  const grants = referral.consent.grants.filter(({ id }) => data.grants.includes(id));
  const { by, override } = leaveOf(referral, read, facts);
  return {
    office: named(data.office),
    ...(data.role && { role: data.role }),
    at: time,
    saw: sawOf(referral, read, { by, facts }),
    direction: directionTo(country, data.office),
    by,
    grants: grants.map((grant) => ({
      grant: grant.id,
      recordedBy: named(recorderOf(referral, grant)),
      recordedAt: grant.recorded.at,
    })),
    ...(override && { override }),
  };
};

/** A disclosure that names no grant: the sender's own, by an override of that country that stood then, or to settle a withdrawal. */
const leaveOf = (
  { origin, senders, offers, overrides, consent }: Referral,
  read: Read,
  facts: readonly ReferralFact[],
): Pick<Reading, 'by' | 'override'> => {
  const at = positionOf(read);
  if (read.data.what === 'receipts') return { by: 'report' };
  if (read.data.grants.length > 0) return { by: 'consent' };
  const sender = senders.findLast(({ since }) => hadSeen(at, since));
  if (sender?.office === read.data.office) return { by: 'sent' };
  const isOver = (id: OverrideId) =>
    facts.some(
      (fact) =>
        fact.type === 'consent.override-ended.v1' && fact.data.override === id && hadSeen(at, fact),
    );
  const stood = overrides.approved.find(
    (one) => one.country === read.country && hadSeen(at, one.at) && !isOver(one.id),
  );
  if (stood) return { by: 'override', override: stood.id };
  // Who never had it reads the contact alone: to settle a withdrawal, or to call her back.
  const had = [...senders, ...offers].some((one) => one.office === read.data.office);
  if (!had && read.country === origin) return { by: 'check' };
  const waits = consent.withdrawals.some(
    (one) => hadSeen(at, one.at) && !(one.settledAt && hadSeen(at, one.settledAt)),
  );
  return { by: waits && read.country === origin ? 'check' : 'unknown' };
};

const sawOf = (
  { origin, offers }: Referral,
  read: Read,
  { by, facts }: { readonly by: Reading['by']; readonly facts: readonly ReferralFact[] },
): Reading['saw'] => {
  if (by === 'report') return 'receipts';
  if (by === 'check') return 'safe-contact';
  if (read.country !== origin) return 'notes';
  if (read.data.stage !== 1) return 'case-file';
  const own = offers.filter(({ office }) => office === read.data.office).map(({ id }) => id);
  const isAnswered = facts.some(
    (fact) =>
      fact.type === 'offer.information-provided.v1' &&
      own.includes(fact.data.offer) &&
      hadSeen(positionOf(read), fact),
  );
  return isAnswered ? 'summary-and-answers' : 'summary';
};

/** Who wrote her consent down: with the referral, or with a later record. */
const recorderOf = ({ consent, senders }: Referral, { recorded }: Grant): Office => {
  const { country, seq } = recorded;
  const later = consent.records.find(({ at }) => at.country === country && at.seq === seq);
  return (later ?? senders[0])?.office as Office;
};
