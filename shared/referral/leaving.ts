import type { Cause, LineId, Next } from '../../events/referral.ts';
import { aboveOf } from './family.ts';
import { type Going, goingOf } from './going.ts';
import { strictest } from './lines.ts';
import { isOpen, isServing } from './offers.ts';
import type { Offer, Referral } from './state.ts';

/** What an offer is to lose, and why. */
export type Leaving = {
  readonly lines: readonly LineId[];
  readonly cause: Cause;
  readonly next: Next;
  readonly shut: boolean;
};

/** Which of several reasons is settled first. */
const causes: readonly Cause[] = [
  'error',
  'withdrawn',
  'consent',
  'parent',
  'placed-elsewhere',
  'stopped',
  'suspended',
];

/**
 * What goes together in one fact, which has one `next`: lines of the same reason that go the same way, the strictest first.
 * The others follow in a fact of their own, so that what she said of one line stops no other.
 */
export const together = (going: readonly Going[]): Leaving | undefined => {
  const cause = causes.find((one) => going.some((line) => line.cause === one));
  if (!cause) return undefined;
  const alike = going.filter((line) => line.cause === cause);
  const next = strictest(alike.map((line) => line.next));
  const same = alike.filter((line) => line.next === next);
  return { lines: same.map(({ line }) => line), cause, next, shut: same.some(({ shut }) => shut) };
};

/**
 * What is asked of an offer next. An open one is void: its owner's system cancels it. One that serves is shown as asked to
 * cancel, and its receiver answers: no service is ended behind its back.
 */
export const leavingOf = (referral: Referral, offer: Offer): Leaving | undefined =>
  together(goingOf(referral, offer));

/** An open offer that its owner's system is about to cancel. */
export const voidOf = (referral: Referral, offer: Offer): Leaving | undefined =>
  isOpen(offer) ? leavingOf(referral, offer) : undefined;

/** A service that is asked to end some of its lines, or whose receiver refused what was asked. */
export const cancellationOf = (
  referral: Referral,
  offer: Offer,
): 'none' | 'requested' | 'refused' => {
  if (!isServing(offer)) return 'none';
  if (leavingOf(referral, offer)) return 'requested';
  const asked = [offer, ...aboveOf(referral, offer)].some(({ requests }) => requests.length > 0);
  return asked ? 'refused' : 'none';
};
