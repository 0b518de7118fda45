import type { ReferralFact } from '../../events/facts.ts';
import { knewSlot } from './order.ts';
import type { Referral } from './state.ts';

/** The sender, or an office whose offer the fact had seen. */
export const isParty = ({ sender, offers }: Referral, fact: ReferralFact): boolean =>
  fact.actor === (sender as string) ||
  offers.some(({ office, id }) => fact.actor === (office as string) && knewSlot(fact, id));
