import type { Office } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { isAuthority } from './authority.ts';
import type { CommandOf, Context, On } from './command.ts';
import { covers, mayBeToldBack } from './consent.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { isOpen, isServing } from './offers.ts';
import { countryOf } from './order.ts';
import type { Referral } from './state.ts';

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

const checkActive = (referral: Referral) => {
  if (referralStatus(referral) !== 'active') throw wrongTime('The referral is over');
};

/** An office cannot be the sender of what it must answer itself. */
const answersOwn = ({ offers }: Referral, office: Office): boolean =>
  offers.some((offer) => offer.office === office && (isOpen(offer) || isServing(offer)));

/** Asks another office of the origin to take over. */
export const proposeHandOverDraft = (
  { input: { office } }: CommandOf<'propose-hand-over'>,
  { referral }: On,
  { offices }: Context,
): Content => {
  checkActive(referral);
  if (office === referral.sender) throw invalid('/office', 'Name another office than your own');
  const authority = isAuthority(offices, office);
  if (!offices[office]?.active || authority || countryOf(office) !== referral.origin)
    throw new Refused(
      'office-unavailable',
      422,
      'Name an active office of your own country, no immigration or police office',
      { field: '/office' },
    );
  if (answersOwn(referral, office))
    throw wrongTime('This office has an offer of this referral to answer or to serve');
  const data = { office };
  return { type: 'responsibility.proposed.v1', data, offices: [referral.sender, office] };
};

/** Whether this office took the referral over before. */
export const hasTakenOver = ({ sender, senders }: Referral, office: Office): boolean =>
  office === sender && senders.length > 1;

/** The proposed office is the sender from here; the old one, and every office that was asked, hears whose referral it is now. */
export const takeOverDraft = (
  { caller }: CommandOf<'take-over'>,
  { referral }: On,
  { at }: Context,
): Content => {
  checkActive(referral);
  const { proposed, offers, origin, sender } = referral;
  if (!proposed || !('office' in caller) || caller.office !== proposed)
    throw wrongTime('Nobody proposed that your office take over');
  if (answersOwn(referral, proposed)) throw wrongTime('End your own offer of this referral first');
  if (!covers(referral, { office: proposed, made: { country: origin } }, 2, at))
    throw new Refused('no-consent', 409, 'No valid grant names your office: record consent first');
  if (!mayBeToldBack(referral, proposed, at))
    throw new Refused(
      'no-consent',
      409,
      'Feedback crosses the border: a grant must name your office in that direction too',
    );
  const asked = offers.map(({ office }) => office);
  const offices = [...new Set([proposed, sender, ...asked])];
  return { type: 'responsibility.moved.v1', data: {}, offices };
};
