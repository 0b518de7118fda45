import type * as consents from './consent-needs.ts';
import type * as needs from './needs.ts';

/** What each condition asks, for the printed documentation; a condition without words does not compile. */
export const needWords: Readonly<Record<keyof typeof needs | keyof typeof consents, string>> = {
  standing: 'not withdrawn, not void',
  consented: 'a valid grant of stage 2 for the office, or an override here',
  questionsLeft: 'no emergency, no question open, at most two rounds',
  questioned: 'a question waits for its answer',
  contacted: '`contact-made` or a `visit` was reported',
  leaving: 'somebody asked to cancel it, or it is void',
  owned: 'in the country of the office asked',
  silent: 'by the system only after one and a half times the time to answer',
  overdue: 'one and a half times the time to decide is over, pauses not counted',
  mayWait: 'in an emergency only after contact was made; a third time by a supervisor',
  reopenable: 'within 14 days, access open, its lines open or closed',
  refusable: 'a request, and a record of consent by this office that had seen it',
  wasRefused: 'all that was asked of it was refused',
  settled: 'nobody asked it to end, access open',
  referable: 'a line that nobody else was asked for, and a consent that names an office for it',
  tookOver: 'an office that it referred to has accepted',
  mayRecord:
    'the referral is active, no withdrawal of everything waits; a receiver has a grant that no unsettled withdrawal closes',
  hasConsentLeft: 'a grant is left, lapsed or not, and nothing is destroyed yet',
  hasWithdrawal: 'a withdrawal waits that another office wrote down',
  hasOpenLine: 'a line is open',
  hasLineToOffer: 'a line is open (a supervisor: also one that is offered or about to be left)',
  hasContestedLine: 'a line is contested: by the system while it can choose, else by the sender',
  isNoError: 'not marked before',
  isActive: 'the referral is active',
  owesReceipt: 'it had read content, and that is to be destroyed by now',
  hasNoSafetyHold: 'no safety hold is in force',
  hasSafetyHold: 'a safety hold is in force',
  hasLiftToApprove: 'another person, of another office where there are two, proposed it',
  mayPlan: 'the referral is active; a receiver has an offer open or in service',
  mayReportArrival: 'a planned travel waits; a receiver serves her',
  mayOverride:
    'the referral is active, none is in force here; a receiver lacks a consent that she did not withdraw',
  hasOverrideToApprove: 'another office of this country proposed it',
  mayTakeOver:
    'the sender proposed this office, her consent names it, no offer waits for it or is served by it, and no withdrawal that it wrote down waits to be settled',
  mayAmend: 'the referral is active; a receiver serves her; in an emergency, of the origin',
};
