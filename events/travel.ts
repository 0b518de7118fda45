import { fact } from './envelope.ts';
import { PlanId } from './referral.ts';

/** She means to travel; the date is sealed. First contact and feedback count from her arrival. */
export const TravelPlanned = fact('travel.planned.v1', { plan: PlanId });
/** An office has seen her, or spoken to her on a safe channel. */
export const PersonArrived = fact('person.arrived.v1', { plan: PlanId });
/** Three days after the planned date nobody has seen her. */
export const PersonNotArrived = fact('person.not-arrived.v1', { plan: PlanId });
