import type { ReferralFact } from '../../events/facts.ts';
import { belowOf } from './family.ts';
import { isServing, offerIn, statusOf } from './offers.ts';
import { hadSeen, positionOf } from './order.ts';
import type { Offer, Referral } from './state.ts';
import type { Of } from './steps.ts';
import * as steps from './steps.ts';
import { within } from './within.ts';

/** An offer by an office that serves her, in its own country, for lines that it holds. Nothing when it is to be set aside. */
export const madeBelow = (referral: Referral, fact: Of<'offer.made.v1'>): Offer | undefined => {
  const { data, actor } = fact;
  const parent = offerIn(referral, data.partOf);
  if (!parent) return undefined;
  const status = statusOf(parent);
  // It writes in its own country, where its acceptance stands: so it knew the offer too.
  const byParent = actor === (parent.office as string);
  const serves = status === 'accepted' || status === 'in-progress';
  return byParent && serves && within(data.lines, parent.lines)
    ? steps.newOffer({ ...data, id: data.offer, made: positionOf(fact) })
    : undefined;
};

/** Its country's system hands lines on, and had seen that somebody below accepted each of them. */
export const handedOn = (
  referral: Referral,
  offer: Offer,
  fact: Of<'service.closed.v1'>,
): Offer | undefined => {
  const named = fact.data.lines.map(({ line }) => line);
  const right = fact.data.lines.every(
    ({ state, next }) => state === 'completed' && next === 'none',
  );
  const accepted = belowOf(referral, offer).flatMap((below) => acceptedBefore(below, fact));
  const known = right && named.every((line) => accepted.includes(line));
  return fact.data.onward && known && isServing(offer) && within(named, offer.lines)
    ? steps.handedOn(offer, fact)
    : undefined;
};

const acceptedBefore = ({ accepted }: Offer, fact: ReferralFact) =>
  accepted && hadSeen(positionOf(fact), accepted.since) ? accepted.lines : [];
