import type { Instant, Office } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { isAuthority } from './authority.ts';
import { actorOf, type Caller, type CommandOf, type Context, type On } from './command.ts';
import { covers, mayBeToldBack, unsettled } from './consent.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { isOpen, isServing } from './offers.ts';
import { countryOf } from './order.ts';
import type { Referral } from './state.ts';

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

const over = () => wrongTime('The referral is over');

/** An office cannot be the sender of what it must answer itself. */
const answersOwn = ({ offers }: Referral, office: Office): boolean =>
  offers.some((offer) => offer.office === office && (isOpen(offer) || isServing(offer)));

/** Asks another office of the origin to take over. */
export const proposeHandOverDraft = (
  { input: { office } }: CommandOf<'propose-hand-over'>,
  { referral }: On,
  { offices }: Context,
): Content => {
  if (referralStatus(referral) !== 'active') throw over();
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

/** Why this caller may not take over now, if so: the sender and her consent name its office, which has nothing to answer here. */
export const againstTakeOver = (
  referral: Referral,
  caller: Caller,
  at: Instant,
): Refused | undefined => {
  const { proposed, origin } = referral;
  if (referralStatus(referral) !== 'active') return over();
  if (!proposed || !('office' in caller) || caller.office !== proposed)
    return wrongTime('Nobody proposed that your office take over');
  if (answersOwn(referral, proposed)) return wrongTime('End your own offer of this referral first');
  // Whoever was told to ask her would be so no more: its own word would stand by the clock.
  if (unsettled(referral).some(({ office }) => office === proposed))
    return wrongTime(
      'The sender must confirm or refute the withdrawal that your office wrote first',
    );
  if (!covers(referral, { office: proposed, made: { country: origin } }, 2, at))
    return new Refused('no-consent', 409, 'No valid grant names your office: record consent first');
  return mayBeToldBack(referral, proposed, at)
    ? undefined
    : new Refused(
        'no-consent',
        409,
        'Feedback crosses the border: a grant must name your office in that direction too',
      );
};

/** The proposed office is the sender from here; the old one, and every office that was asked, hears whose referral it is now. */
export const takeOverDraft = (
  { caller }: CommandOf<'take-over'>,
  { referral }: On,
  { at }: Context,
): Content => {
  const why = againstTakeOver(referral, caller, at);
  if (why) throw why;
  const { offers, sender } = referral;
  const asked = offers.map(({ office }) => office);
  const offices = [...new Set([actorOf(caller), sender, ...asked])];
  return { type: 'responsibility.moved.v1', data: {}, offices };
};
