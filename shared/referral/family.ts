import type { Offer, Referral } from './state.ts';

/** The offers that led to this one by `partOf`, the nearest first. */
export const aboveOf = (referral: Referral, { partOf }: Offer): Offer[] => {
  const parent = partOf && referral.offers.find(({ id }) => id === partOf);
  return parent ? [parent, ...aboveOf(referral, parent)] : [];
};

/** The offers that an offer led to by `partOf`, and what these led to. */
export const belowOf = (referral: Referral, { id }: Offer): Offer[] =>
  referral.offers
    .filter(({ partOf }) => partOf === id)
    .flatMap((child) => [child, ...belowOf(referral, child)]);
