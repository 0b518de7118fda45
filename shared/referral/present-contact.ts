import type { Instant } from '../../events/envelope.ts';
import type { Amendable } from '../../events/referral.ts';
import { hadSeen } from './order.ts';
import type { Referral } from './state.ts';

/**
 * The slot where the safe contact is sealed that counts, or counted at `until`; nothing while two that did not know of each other
 * wait for one that has seen both.
 */
export const presentContact = (
  { origin, amendments }: Pick<Referral, 'origin' | 'amendments'>,
  until?: Instant,
): string | undefined => {
  const all = amendments.filter(
    ({ parts, at }) => parts.includes('safe-contact') && (until === undefined || at.at <= until),
  );
  if (all.length === 0) return `${origin}1`;
  const last = all.find(({ at }) => all.every((one) => one.at === at || hadSeen(at, one.at)));
  return last && `${last.at.country}${last.at.seq}`;
};

/** Fourteen days before: who changed it since may be whom she flees. */
const longBefore = (at: Instant): Instant =>
  new Date(Date.parse(at) - FOURTEEN_DAYS).toISOString() as Instant;

/** The slot where the version of a part is sealed that counts: the sender's last, of the origin like the first. */
export const presentPart = (
  referral: Pick<Referral, 'origin' | 'amendments'>,
  part: Amendable,
): string | undefined => {
  if (part === 'safe-contact') return presentContact(referral);
  const last = referral.amendments.findLast(({ parts, own }) => own && parts.includes(part));
  return last ? `${last.at.country}${last.at.seq}` : `${referral.origin}1`;
};

const FOURTEEN_DAYS = 14 * 24 * 3_600_000;

/** Whether there is a contact that was hers fourteen days ago, on which she may be called back. */
export const hasLongKnown = (
  referral: Pick<Referral, 'origin' | 'amendments' | 'submittedAt'>,
  at: Instant,
): boolean => {
  const then = longBefore(at);
  return referral.submittedAt <= then && presentContact(referral, then) !== undefined;
};

/** Until when a contact counts for who checks her withdrawals, or calls her back for her report. */
export const checkedUntil = ({ consent }: Pick<Referral, 'consent'>, at: Instant): Instant => {
  const open = consent.withdrawals.filter(({ settled }) => settled === undefined);
  const first = open.map((one) => one.at.at).toSorted()[0];
  return longBefore(first ?? at);
};
