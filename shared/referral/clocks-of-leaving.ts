import type { LineId } from '../../events/referral.ts';
import type { Running } from './clock.ts';
import type { Context, Urgencies } from './command.ts';
import { aboveOf } from './family.ts';
import { type Going, goingOf } from './going.ts';
import { lateOn } from './late.ts';
import { known } from './since.ts';
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
    const round = roundOfGoing(referral, offer, going);
    const clock = { clock: 'cancellation', owes: offer.office, offer: offer.id } as const;
    if (from) rounds.set(round, { ...clock, round, span, from });
  }
  return [...rounds.values()];
};

/** A withdrawn or lapsed consent waits for her, not for a clock, until that is confirmed. */
const fromOf = ({ suspended }: Offer, { cause, since }: Going, context: Context) =>
  since ? known(since, context) : cause === 'consent' ? undefined : suspended;

/** The n-th thing that ever asked this service to end; the last, if it is no fact of the origin. */
export const roundOfGoing = (referral: Referral, offer: Offer, { since }: Going): number => {
  const asked = askedIn(referral, offer);
  const before =
    since?.country === referral.origin ? asked.filter((seq) => seq < since.seq) : asked;
  return 1 + new Set(before).size;
};

/** The origin's facts that asked it to end, placed a line of it elsewhere, or had stopped one that it reopened. */
const askedIn = (referral: Referral, offer: Offer): number[] => {
  const family = [offer, ...aboveOf(referral, offer)];
  const isOffered = (line: LineId) => offer.offered.includes(line);
  const requests = family
    .flatMap((one) => one.requests)
    .filter(({ lines }) => lines.some(isOffered));
  const placed = referral.lines
    .filter(({ id }) => isOffered(id))
    .flatMap((line) => line.placed ?? [])
    .filter((choice) => !family.some(({ id }) => id === choice.offer));
  const confirmed = referral.consent.withdrawals
    .filter(({ closes }) => closes.some(({ office }) => office === offer.office))
    .flatMap(({ settled, settledAt }) => (settled === 'confirmed' && settledAt ? [settledAt] : []));
  const late = offer.offered
    .flatMap((line) => lateOn(referral, offer, line)?.since ?? [])
    .filter(({ country }) => country === referral.origin);
  return [...requests, ...placed, ...confirmed, ...late].map(({ seq }) => seq);
};
