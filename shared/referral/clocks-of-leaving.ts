import type { Running } from './clock.ts';
import type { Context, Urgencies } from './command.ts';
import { type Going, goingOf } from './going.ts';
import { known, roundBy } from './since.ts';
import type { Offer, Referral } from './state.ts';

/** A service that is asked to end owes an answer to each thing that asked it, counted from that thing alone. */
export const ofGoing = (
  referral: Referral,
  offer: Offer,
  { cancellation: span }: Urgencies,
  context: Context,
): Running[] => {
  const rounds = new Map<number, Running>();
  for (const going of goingOf(referral, offer)) {
    const from = fromOf(offer, going, context);
    const round = roundOfGoing(referral, going);
    const clock = { clock: 'cancellation', owes: offer.office, offer: offer.id } as const;
    if (from) rounds.set(round, { ...clock, round, span, from });
  }
  return [...rounds.values()];
};

/** A withdrawn or lapsed consent waits for her, not for a clock, until that is confirmed. */
const fromOf = ({ suspended }: Offer, { cause, since }: Going, context: Context) =>
  since ? known(since, context) : cause === 'consent' ? undefined : suspended;

/** What asks has a round of its own. A suspension is no fact, and no submission asks a service to end: 1. */
export const roundOfGoing = (referral: Referral, { since }: Going): number =>
  since ? roundBy(referral, since) : 1;
