import type { Office } from '../../events/envelope.ts';
import { hadReason, hasErased } from './destroying.ts';
import { isNamed } from './naming-steps.ts';
import { hadSeen, momentOf, positionOf } from './order.ts';
import { hasRead, owedSince } from './receipts.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';

const withContent = (referral: Referral, change: Partial<Referral['content']>): Referral => ({
  ...referral,
  content: { ...referral.content, ...change },
});

/** By a gate alone, to whom it knew as the sender, a helpline, an office that was asked, or one that settles a withdrawal. */
export const disclosed = (
  referral: Referral,
  fact: Of<'case-file.disclosed.v1'>,
): Referral | undefined => {
  const { office, stage, what } = fact.data;
  const { senders, helplines, offers, origin } = referral;
  const at = positionOf(fact);
  // The gate of the other country may not have heard that the referral was handed over.
  const were = senders.filter(({ since }) => hadSeen(at, since));
  const known = [...helplines, ...[...were, ...offers].map((one) => one.office)].includes(office);
  const settles = fact.country === origin && isNamed(referral, '23', office);
  if (fact.actor !== `${fact.country}:gate` || !(known || settles)) return undefined;
  if (what === 'receipts') return referral; // nothing of hers: no receipt is owed for it
  return withContent(referral, { reads: [...referral.content.reads, { office, stage, at }] });
};

/** By a vault alone, once a country; by that of the other country only after the origin's word. */
export const erased = (referral: Referral, fact: Of<'content.erased.v1'>): Referral | undefined => {
  const may = hadReason(referral, positionOf(fact)) && !hasErased(referral, fact.country);
  if (fact.actor !== `${fact.country}:vault` || !may) return undefined;
  return withContent(referral, { erased: [...referral.content.erased, momentOf(fact)] });
};

/** By an office that had read, about what it had seen to be over. */
export const receipted = (
  referral: Referral,
  fact: Of<'erasure.confirmed.v1'>,
): Referral | undefined => {
  const office = fact.actor as string as Office;
  const at = positionOf(fact);
  if (!hasRead(referral, office, at) || owedSince(referral, office, at).length === 0)
    return undefined;
  return withContent(referral, {
    receipts: [...referral.content.receipts, { office, at }],
  });
};

/** The report itself is made from the log. */
export const reported = (referral: Referral, { actor }: Of<'report.given.v1'>): Referral =>
  withContent(referral, {
    reported: [...new Set([...referral.content.reported, actor as string as Office])],
  });
