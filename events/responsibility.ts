import { fact, Office } from './envelope.ts';

/** The sender asks another office of its country to take the referral over. */
export const ResponsibilityProposed = fact('responsibility.proposed.v1', { office: Office });
/** That office, who is the actor, is the sender from here. */
export const ResponsibilityMoved = fact('responsibility.moved.v1', {});
