import type { Office } from '../../events/envelope.ts';
import type { Feedback } from '../../events/referral.ts';
import {
  cancellationOf,
  lineStatus,
  type OfferStatus,
  referralStatus,
  statusOf,
} from './derive.ts';
import type { Offer, Referral, State } from './state.ts';

/** A referral as one of its offices may see it; nothing for all others. Cut like facts (`fact-for.ts`). */
export const viewFor = (office: Office, state: State) => {
  const { referral, setAside } = state;
  if (!referral) return undefined;
  const { ref, origin, reach, sender, urgency, submittedAt } = referral;
  const isSender = office === sender;
  const offers = referral.offers.filter((offer) => isSender || offer.office === office);
  if (!isSender && offers.length === 0) return undefined;
  const heard = isSender ? referral.consent.feedback : 'progress';
  return {
    ref,
    origin,
    reach,
    sender,
    urgency,
    submittedAt,
    offers: offers.map((offer) => offerView(offer, heard, isSender)),
    ...(isSender && overview(referral, heard)),
    ...(setAside.length > 0 && { setAside }),
  };
};
export type View = NonNullable<ReturnType<typeof viewFor>>;

const offerView = (offer: Offer, heard: Feedback, isSender: boolean) => {
  const { id, office, madeAt, declined, cancelled, accepted, replaces } = offer;
  return {
    offer: id,
    office,
    status: told(statusOf(offer), heard),
    lines: offer.lines,
    madeAt,
    cancellation: cancellationOf(offer),
    ...(isSender && replaces && { replaces }),
    ...(accepted && accepted.left.length > 0 && { left: accepted.left }),
    ...(declined && { declined }),
    ...(cancelled && { cause: cancelled }),
  };
};

/** What the sender may hear of a service, by the feedback that she allowed. */
const told = (status: OfferStatus, heard: Feedback): OfferStatus => {
  const hidden = {
    none: ['in-progress', 'completed', 'failed'],
    outcome: ['in-progress'],
    progress: [],
  };
  return (hidden[heard] as string[]).includes(status) ? 'accepted' : status;
};

const overview = (referral: Referral, heard: Feedback) => {
  const status = referralStatus(referral);
  return {
    status: heard === 'none' && status === 'completed' ? ('active' as const) : status,
    lines: referral.lines.map(({ id }) => {
      const line = lineStatus(referral, id);
      return { line: id, status: heard === 'none' && line === 'closed' ? 'placed' : line };
    }),
  };
};
