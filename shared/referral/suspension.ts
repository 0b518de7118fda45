import type { Directory } from './command.ts';
import type { State } from './state.ts';

/**
 * The state with the suspensions that the directory knows of: derived when reading, as the fold has the referral's own facts
 * alone. The directory is the same in both countries, and nothing lifts a suspension.
 */
export const inDirectory = (state: State, offices: Directory): State => {
  const { referral } = state;
  if (!referral?.offers.some(({ office }) => offices[office]?.active === false)) return state;
  const offers = referral.offers.map((offer) => {
    const { active, suspended = offer.made.at } = offices[offer.office] ?? {};
    return active === false ? { ...offer, suspended } : offer;
  });
  return { ...state, referral: { ...referral, offers } };
};
