import type { Plan } from './flags.ts';
import { hadSeen } from './order.ts';
import type { Position, Referral } from './state.ts';

/** The plan that counts, wherever its date is sealed: the later beats the earlier. */
export const currentPlan = ({ travel }: Referral): Plan | undefined => travel.plans.at(-1);

/** When she arrived; an arrival that the plan had seen was the end of an earlier travel. */
export const arrivalOf = (referral: Referral): Position | undefined => {
  const plan = currentPlan(referral);
  return plan && referral.travel.arrivals.find((arrival) => !hadSeen(plan.at, arrival));
};

/** The plan that waits for her arrival. */
export const awaitedPlan = (referral: Referral): Plan | undefined =>
  arrivalOf(referral) ? undefined : currentPlan(referral);

/** Nobody has seen her, three days after the date of the plan that waits. */
export const missingSince = (referral: Referral): Position | undefined => {
  const plan = awaitedPlan(referral);
  return plan && referral.travel.missing.find((missing) => missing.plan === plan.id)?.at;
};

export type TravelStatus = 'planned' | 'arrived' | 'not-arrived';

/** Nothing while no travel was planned. */
export const travelStatus = (referral: Referral): TravelStatus | undefined => {
  if (!currentPlan(referral)) return undefined;
  if (arrivalOf(referral)) return 'arrived';
  return missingSince(referral) ? 'not-arrived' : 'planned';
};
