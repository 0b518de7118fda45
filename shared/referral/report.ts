import type { Fact, Instant, Office, Ref } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import type { Direction } from '../../events/referral.ts';
import { fold } from './fold.ts';
import { inOrder } from './order.ts';
import { type Copy, copiesIn, type Destroyed, destroyedIn } from './report-gone.ts';
import { type Heard, heardIn, type Overridden, overridesTold } from './report-heard.ts';
import { type Named, namingIn } from './report-naming.ts';
import { type Reading, readingsIn } from './report-reads.ts';

/** Who saw what, when, and by whose leave; what was destroyed. Of facts alone, so it is the same after everything is erased. */
export type Report = {
  readonly ref: Ref;
  readonly at: Instant;
  readonly heard: readonly Heard[];
  readonly readings: readonly Reading[];
  readonly overrides: readonly Overridden[];
  readonly withdrawals: readonly {
    /** The gate closed with the fact. */
    readonly closed: Instant;
    readonly recordedBy: Named;
    readonly closes: readonly { readonly office: Named; readonly direction: Direction }[];
    readonly settled?: { readonly how: 'confirmed' | 'refuted'; readonly at: Instant };
  }[];
  readonly destroyed: readonly Destroyed[];
  readonly copies: readonly Copy[];
  /** Facts that this version cannot read are missing. */
  readonly partial: boolean;
};

/** `mayName`: whether an office is known, and does not hide where it is. Nothing for a log without a referral. */
export const reportOf = (
  log: readonly Fact[],
  mayName: (office: Office) => boolean,
  at: Instant,
): Report | undefined => {
  const { referral, setAside, unknown } = fold(log);
  if (!referral) return undefined;
  const counted = log.filter(({ id }) => ![...setAside, ...unknown].includes(id));
  const facts = counted.toSorted(inOrder).map((fact) => ReferralFact.parse(fact));
  const named = namingIn(referral, mayName);
  return {
    ref: referral.ref,
    at,
    heard: heardIn(referral, facts, named),
    readings: readingsIn(referral, facts, named),
    overrides: overridesTold(referral, facts, named),
    withdrawals: referral.consent.withdrawals.map(({ at: since, office, ...one }) => ({
      closed: since.at,
      recordedBy: named(office),
      closes: one.closes.map((way) => ({ office: named(way.office), direction: way.direction })),
      ...(one.settled && one.settledAt && { settled: { how: one.settled, at: one.settledAt.at } }),
    })),
    destroyed: destroyedIn(referral),
    copies: copiesIn(referral, facts, named),
    partial: unknown.length > 0,
  };
};
