import type { ReferralFact } from '../../events/facts.ts';
import type { Referral } from './state.ts';

/** Whether a fact knew the slot that an id is named after. */
export const hadSeenSlot = ({ country, seq, seen }: ReferralFact, id: string): boolean => {
  const slot = Number(id.slice(2).split('-')[0]);
  return id.startsWith(country) ? slot < seq : slot <= seen;
};

/** The sender, or an office whose offer the fact had seen. */
export const isParty = ({ sender, offers }: Referral, fact: ReferralFact): boolean =>
  fact.actor === (sender as string) ||
  offers.some(({ office, id }) => fact.actor === (office as string) && hadSeenSlot(fact, id));
