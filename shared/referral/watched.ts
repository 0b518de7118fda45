import type { ClockName } from '../../events/deadline.ts';
import type { Country, Office } from '../../events/envelope.ts';
import { countryOf } from './order.ts';
import type { Offer, Referral } from './state.ts';

const ofReceiver: readonly ClockName[] = [
  'acknowledge',
  'decide',
  'cancellation',
  'first-contact',
  'feedback',
  'hold-review',
  'receipt',
];

const ofOrigin: readonly ClockName[] = [
  'place',
  'withdrawal-confirm',
  'not-arrived-follow-up',
  'safety-review',
];

/** Whose system watches a clock: the country of the office that owes. Nobody's, where this version knows of none. */
export const watchedBy = (
  clock: ClockName,
  { origin }: Referral,
  offer: Offer | undefined,
  office?: Office,
): Country | undefined => {
  if (office) return clock === 'receipt' ? countryOf(office) : undefined;
  if (offer)
    return ofReceiver.includes(clock) ? offer.owner : clock === 'answer' ? origin : undefined;
  return ofOrigin.includes(clock) ? origin : undefined;
};
