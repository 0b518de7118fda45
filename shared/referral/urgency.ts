import { Urgency } from '../../events/referral.ts';

const { options } = Urgency;

/** Urgency only rises. */
export const isHigher = (a: Urgency, than: Urgency): boolean =>
  options.indexOf(a) < options.indexOf(than);
