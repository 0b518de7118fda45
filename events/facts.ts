import * as z from 'zod';
import * as consent from './consent.ts';
import * as content from './content.ts';
import * as deadline from './deadline.ts';
import * as named from './named.ts';
import * as offer from './offer.ts';
import * as override from './override.ts';
import * as referral from './referral.ts';
import * as responsibility from './responsibility.ts';
import * as safety from './safety.ts';
import * as service from './service.ts';
import * as travel from './travel.ts';

/** Every fact about a referral that this version knows. */
export const ReferralFact = z.discriminatedUnion('type', [
  referral.ReferralSubmitted,
  referral.ReferralEnteredInError,
  referral.LineStopped,
  referral.LinePlaced,
  offer.OfferMade,
  offer.OfferAcknowledged,
  offer.InformationRequested,
  offer.InformationProvided,
  offer.OfferAccepted,
  offer.OfferDeclined,
  offer.AcceptanceWithdrawn,
  offer.WithdrawalRequested,
  offer.CancellationRequested,
  offer.CancellationRefused,
  offer.OfferExpired,
  offer.OfferCancelled,
  service.ServiceStarted,
  service.ServiceProgressed,
  service.ServiceHeld,
  service.ServiceResumed,
  service.ServiceClosed,
  service.ServiceReopened,
  consent.ConsentRecorded,
  consent.ConsentWithdrawn,
  consent.WithdrawalConfirmed,
  consent.WithdrawalRefuted,
  consent.ConsentLapsed,
  deadline.DeadlineReminded,
  deadline.DeadlineMissed,
  safety.SafetyHoldRaised,
  safety.LiftProposed,
  safety.SafetyHoldLifted,
  travel.TravelPlanned,
  travel.PersonArrived,
  travel.PersonNotArrived,
  referral.ReferralAmended,
  referral.ReportGiven,
  content.CaseFileDisclosed,
  content.ContentErased,
  content.ErasureConfirmed,
  responsibility.ResponsibilityProposed,
  responsibility.ResponsibilityMoved,
  override.OverrideProposed,
  override.Overridden,
  override.OverrideEnded,
  named.OfficeNamed,
]);
export type ReferralFact = z.infer<typeof ReferralFact>;
