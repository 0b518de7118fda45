import type { LineId } from '../../events/referral.ts';
import { aboveOf, belowOf } from './family.ts';
import { hadSeen } from './order.ts';
import type { Moment, Offer, Referral } from './state.ts';

/** How the origin had gone on with a line, and by which fact. */
type Late = {
  readonly cause: 'stopped' | 'placed-elsewhere';
  readonly next: 'stop' | 'none';
  readonly since: Moment;
};

/**
 * Why a reopened service may not have a line back: the origin had stopped it, or another office had it and closed it, and
 * neither knew of the other. Where another serves it still, the line is contested, and the origin chooses.
 */
export const lateOn = (referral: Referral, offer: Offer, id: LineId): Late | undefined => {
  const { claim } = offer;
  if (!claim?.reopened) return undefined;
  const stopped = referral.lines.find((line) => line.id === id)?.stopped;
  if (stopped && !hadSeen(stopped, claim))
    return { cause: 'stopped', next: 'stop', since: stopped };
  const family = [offer, ...aboveOf(referral, offer), ...belowOf(referral, offer)];
  const ends = referral.offers.flatMap((one) => (family.includes(one) ? [] : (one.closed ?? [])));
  const crossed = ends.find(
    ({ line, next, since }) =>
      line === id && next === 'none' && !hadSeen(claim, since) && !hadSeen(since, claim),
  );
  return crossed && { cause: 'placed-elsewhere', next: 'none', since: crossed.since };
};
