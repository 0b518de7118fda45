import type { Office } from '../../events/envelope.ts';
import { hadSeen } from './order.ts';
import type { Moment, Position, Referral } from './state.ts';

/** Whether an office has read anything, as far as somebody had seen. */
export const hasRead = ({ content }: Referral, office: Office, seen?: Position): boolean =>
  content.reads.some((read) => read.office === office && (!seen || hadSeen(seen, read.at)));

/** Every office that has read anything: asked, sender of any time, helpline, or named by the desk. */
export const readersOf = ({ content }: Referral): Office[] => [
  ...new Set(content.reads.map(({ office }) => office)),
];

/** What asks an office for a receipt: confirmed withdrawals of its grants, and erasures, as far as somebody had seen. */
export const owedSince = (
  { consent, content }: Referral,
  office: Office,
  seen?: Position,
): Moment[] => {
  const confirmed = consent.withdrawals.filter(
    ({ settled, closes }) => settled === 'confirmed' && closes.some((way) => way.office === office),
  );
  const moments = [...confirmed.flatMap(({ settledAt }) => settledAt ?? []), ...content.erased];
  return moments.filter((moment) => !seen || hadSeen(seen, moment));
};

/** What an office that has read still owes a receipt for; nothing once a receipt had seen it. */
export const receiptsDue = (referral: Referral, office: Office): Moment[] => {
  if (!hasRead(referral, office)) return [];
  const given = referral.content.receipts.filter((receipt) => receipt.office === office);
  return owedSince(referral, office).filter(
    (moment) => !given.some(({ at }) => hadSeen(at, moment)),
  );
};
