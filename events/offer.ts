import * as z from 'zod';
import { Counter, fact, Office } from './envelope.ts';
import { Cause, LineId, LineIds, Next, OfferId, ShownReason } from './referral.ts';

const offer = OfferId;
/** A round of questions; there are two at most. */
const Round = Counter.min(1);
const Left = z.looseObject({ line: LineId, reason: ShownReason, next: Next });

export const OfferMade = fact('offer.made.v1', {
  offer,
  office: Office,
  lines: LineIds,
  replaces: OfferId.optional(),
  /** The offer whose office refers her onward. */
  partOf: OfferId.optional(),
});
export const OfferAcknowledged = fact('offer.acknowledged.v1', { offer });
export const InformationRequested = fact('offer.information-requested.v1', { offer, round: Round });
export const InformationProvided = fact('offer.information-provided.v1', { offer, round: Round });
export const OfferAccepted = fact('offer.accepted.v1', {
  offer,
  lines: LineIds,
  left: z.array(Left).optional(),
});
export const OfferDeclined = fact('offer.declined.v1', { offer, reason: ShownReason, next: Next });
export const AcceptanceWithdrawn = fact('offer.acceptance-withdrawn.v1', {
  offer,
  reason: ShownReason,
  next: Next,
});

/** `next` and `shut` always stand in the ledger; the office that is asked to stop must not learn why. */
const asked = { offer, lines: LineIds, next: Next.optional(), shut: z.boolean().optional() };

/** Before an acceptance was heard: the other country ends the offer as soon as it hears. */
export const WithdrawalRequested = fact('offer.withdrawal-requested.v1', asked);
/** After an acceptance: the receiver answers. */
export const CancellationRequested = fact('offer.cancellation-requested.v1', asked);
/** The office was silent for one and a half times its time: the lines go to the next office. */
export const OfferExpired = fact('offer.expired.v1', { offer });
export const OfferCancelled = fact('offer.cancelled.v1', { ...asked, cause: Cause });
/** She wishes to go on: the receiver says no to what was asked before. */
export const CancellationRefused = fact('offer.cancellation-refused.v1', { offer });
