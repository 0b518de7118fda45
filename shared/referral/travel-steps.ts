import type { Plan } from './flags.ts';
import { knewSlot, positionOf } from './order.ts';
import { isParty } from './parties.ts';
import type { Offer, Position, Referral } from './state.ts';
import type { Of } from './steps.ts';
import { arrivalOf } from './travel.ts';

const withTravel = (referral: Referral, change: Partial<Referral['travel']>): Referral => ({
  ...referral,
  travel: { ...referral.travel, ...change },
});

export const planned = (
  referral: Referral,
  fact: Of<'travel.planned.v1'>,
): Referral | undefined => {
  const { plan: id } = fact.data;
  if (!isParty(referral, fact) || id !== `${fact.country}${fact.seq}-1`) return undefined;
  return withTravel(referral, {
    plans: [...referral.travel.plans, { id, at: positionOf(fact), country: fact.country }],
  });
};

const planIn = (
  { travel }: Referral,
  fact: Of<'person.arrived.v1' | 'person.not-arrived.v1'>,
): Plan | undefined =>
  knewSlot(fact, fact.data.plan) ? travel.plans.find(({ id }) => id === fact.data.plan) : undefined;

/** By an office that saw her. What waited for her arrival waits no more. */
export const arrived = (
  referral: Referral,
  fact: Of<'person.arrived.v1'>,
): Referral | undefined => {
  if (!isParty(referral, fact) || !planIn(referral, fact)) return undefined;
  const at = positionOf(fact);
  const after = withTravel(referral, { arrivals: [...referral.travel.arrivals, at] });
  return { ...after, offers: after.offers.map((offer) => endedWait(offer, at)) };
};

/** By the system of the country where the date was sealed. */
export const missing = (
  referral: Referral,
  fact: Of<'person.not-arrived.v1'>,
): Referral | undefined => {
  const plan = planIn(referral, fact);
  const bySystem = fact.actor === `${fact.country}:system` && fact.country === plan?.country;
  if (!plan || !bySystem) return undefined;
  const one = { plan: plan.id, at: positionOf(fact) };
  return withTravel(referral, { missing: [...referral.travel.missing, one] });
};

/** A hold that waits for her arrival is over with it, also one that had not heard of it. */
export const waiting = (referral: Referral, offer: Offer): Offer => {
  const arrival = arrivalOf(referral);
  return arrival ? endedWait(offer, arrival) : offer;
};

const endedWait = (offer: Offer, arrival: Position): Offer => {
  const { held } = offer;
  const last = offer.holds.at(-1);
  if (!held?.awaitsArrival || held.over || !last) return offer;
  return {
    ...offer,
    held: { ...held, over: true },
    holds: [...offer.holds.slice(0, -1), { ...last, until: arrival }],
  };
};
