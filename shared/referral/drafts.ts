import { Refused } from '../errors.ts';
import { amendDraft } from './amending.ts';
import { acceptance, letting } from './answering.ts';
import { cancellation, confirmation, requestTo, withdrawal } from './cancelling.ts';
import { closeDraft } from './close.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Command, Context, Draft, On } from './command.ts';
import { lapseDraft, recordDraft, settleDraft, withdrawDraft } from './consenting.ts';
import { deadlineDraft } from './deadline-draft.ts';
import { erasureDraft } from './erasing.ts';
import { proposeHandOverDraft, takeOverDraft } from './handing-over.ts';
import { holdDraft } from './holding.ts';
import { offerDraft } from './offering.ts';
import { approveOverrideDraft, endOverrideDraft, proposeOverrideDraft } from './overriding.ts';
import { placeDraft, stopDraft } from './placing.ts';
import { handingOn, referDraft, referrerOf } from './referring.ts';
import { reportDraft } from './reporting.ts';
import { isAttempt } from './safe-contact.ts';
import { approveLiftDraft, checkSafe, proposeLiftDraft, raiseDraft } from './safeguarding.ts';
import type { Offer, Referral } from './state.ts';
import { arrivalDraft, noArrivalDraft, planDraft } from './travelling.ts';

type Of = Exclude<Command, { do: 'submit' }>;

/** The fact that a permitted command becomes. */
export const drafts = (command: Of, on: On, context: Context): Draft => {
  const { type, data, offices } = factOf(command, on, context);
  const { referral } = on;
  const by = 'by' in command.caller ? { by: command.caller.by } : {};
  const parties = offices ?? [
    referral.sender,
    ...(on.offer ? heardBy(type, on.offer, referral) : []),
  ];
  return { type, reach: referral.reach, data: { offices: parties, ...by, ...data } };
};

/** What an office that referred her hears of its own offer: whether somebody takes over. */
const answers: readonly Draft['type'][] = [
  'offer.acknowledged.v1',
  'offer.accepted.v1',
  'offer.declined.v1',
  'offer.acceptance-withdrawn.v1',
  'offer.cancelled.v1',
  'offer.expired.v1',
];

const heardBy = (type: Draft['type'], offer: Offer, referral: Referral) => [
  offer.office,
  ...(answers.includes(type) ? referrerOf(referral, offer) : []),
];

export type Content = Pick<Draft, 'type'> & {
  readonly data: object;
  /** Who may hear of it, where that is not the sender and the offer's office. */
  readonly offices?: readonly string[];
};

const factOf = (command: Of, on: On, context: Context): Content => {
  const { referral } = on;
  const everybody = [...new Set([referral.sender, ...referral.offers.map(({ office }) => office)])];
  switch (command.do) {
    case 'offer':
      return offerDraft(command, on, context);
    case 'refer-onward':
      return referDraft(command, on, context);
    case 'stop-line':
      return stopDraft(command, referral, context);
    case 'place-line':
      return placeDraft(command, referral);
    case 'mark-error':
      if (referral.error)
        throw new Refused('not-allowed-now', 409, 'It was marked as an error before');
      codeIn(reasonsOf(context.codes, 'error'), command.input.reason, '/reason', context.at);
      return { type: 'referral.entered-in-error.v1', data: {}, offices: everybody };
    case 'record-consent':
      return recordDraft(command, on, context);
    case 'withdraw-consent':
      return withdrawDraft(command, on, context);
    case 'confirm-withdrawal':
    case 'refute-withdrawal':
      return settleDraft(command, on, context);
    case 'lapse-consent':
      return lapseDraft(referral, context);
    case 'raise-safety-hold':
      return raiseDraft(on, context);
    case 'propose-lift':
      return proposeLiftDraft(on, context);
    case 'approve-lift':
      return approveLiftDraft(command, on);
    case 'plan-travel':
      return planDraft(command, on, context);
    case 'record-arrival':
      return arrivalDraft(command, on, context);
    case 'record-no-arrival':
      return noArrivalDraft(command, on, context);
    case 'amend':
      return amendDraft(command, on);
    case 'confirm-erasure':
      return erasureDraft(command, on, context);
    case 'give-report':
      return reportDraft(command, on, context);
    case 'propose-hand-over':
      return proposeHandOverDraft(command, on, context);
    case 'take-over':
      return takeOverDraft(command, on, context);
    case 'propose-override':
      return proposeOverrideDraft(command, on, context);
    case 'approve-override':
      return approveOverrideDraft(command, on, context);
    case 'end-override':
      return endOverrideDraft(referral, context);
    case 'remind':
    case 'miss-deadline':
      return deadlineDraft(command, referral, context);
    default:
      return onOffer(command, on, context);
  }
};

type OnReferral =
  | 'offer'
  | 'stop-line'
  | 'place-line'
  | 'mark-error'
  | 'record-consent'
  | 'withdraw-consent'
  | 'confirm-withdrawal'
  | 'refute-withdrawal'
  | 'lapse-consent'
  | 'raise-safety-hold'
  | 'propose-lift'
  | 'approve-lift'
  | 'plan-travel'
  | 'record-arrival'
  | 'record-no-arrival'
  | 'amend'
  | 'give-report'
  | 'confirm-erasure'
  | 'remind'
  | 'miss-deadline'
  | 'refer-onward'
  | 'propose-hand-over'
  | 'take-over'
  | 'propose-override'
  | 'approve-override'
  | 'end-override';
type OnOffer = Exclude<Of, { do: OnReferral }>;

const onOffer = (command: OnOffer, { referral, offer }: On, context: Context): Content => {
  if (!offer) throw new Refused('not-found', 404, 'No such offer');
  const fact = (type: Draft['type'], data: object = {}): Content => ({
    type,
    data: { offer: offer.id, ...data },
  });
  switch (command.do) {
    case 'acknowledge':
      return fact('offer.acknowledged.v1');
    case 'request-information':
      return fact('offer.information-requested.v1', { round: offer.rounds.length + 1 });
    case 'provide-information':
      return fact('offer.information-provided.v1', { round: offer.rounds.length });
    case 'accept':
      return fact('offer.accepted.v1', acceptance(command, offer, context));
    case 'decline':
      return fact('offer.declined.v1', letting(command, context));
    case 'withdraw-acceptance':
      return fact('offer.acceptance-withdrawn.v1', letting(command, context));
    case 'withdraw':
      return fact(...withdrawal(command, offer, context));
    case 'request-cancellation':
      return fact('offer.cancellation-requested.v1', requestTo(command, offer, context));
    case 'confirm-cancellation':
      return fact('offer.cancelled.v1', confirmation(command, referral, offer, context));
    case 'refuse-cancellation':
      return fact('offer.cancellation-refused.v1');
    case 'cancel':
      return fact('offer.cancelled.v1', cancellation(referral, offer));
    case 'expire':
      return fact('offer.expired.v1');
    case 'start-service':
      return fact('service.started.v1');
    case 'report-progress': {
      const { kind } = command.input;
      if (isAttempt(command.input)) checkSafe(referral);
      const visit = kind === 'visit' && { visit: offer.visits + 1 };
      return fact('service.progressed.v1', { kind, ...visit });
    }
    case 'hold':
      return fact('service.held.v1', holdDraft(command, referral, context));
    case 'resume':
      return fact('service.resumed.v1');
    case 'close':
      return fact('service.closed.v1', closeDraft(command, referral, offer, context));
    case 'close-parent':
      return fact('service.closed.v1', handingOn(referral, offer));
    case 'reopen':
      codeIn(reasonsOf(context.codes, 'reopen'), command.input.reason, '/reason', context.at);
      return fact('service.reopened.v1');
  }
};
