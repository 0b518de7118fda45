import { Refused } from '../errors.ts';
import type { Context } from './command.ts';
import { covers, voidOf } from './derive.ts';
import type { Offer, Referral } from './state.ts';

/** A condition beside who and when; the refusal says what would be right. */
export type Need = (referral: Referral, offer: Offer, context: Context) => Refused | undefined;

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

export const standing: Need = (referral, offer) =>
  voidOf(referral, offer) && wrongTime('The offer was withdrawn or is void; only decline is left');

export const consented: Need = (referral, offer, { at }) =>
  covers(referral, offer.office, 2, at)
    ? undefined
    : new Refused('no-consent', 409, 'No valid grant lets this office see more than the summary');

export const contacted: Need = (_, offer) =>
  offer.contactMade ? undefined : wrongTime('Report contact-made or a visit first');

export const hasEnded: Need = (referral, offer) =>
  voidOf(referral, offer) ? undefined : wrongTime('The offer stands');

export const owned: Need = (_, offer, { country }) =>
  offer.owner === country
    ? undefined
    : new Refused('not-yours-to-do', 403, 'The country of the office asked ends its offers');
