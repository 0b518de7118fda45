import type { Act } from './command.ts';
import * as consent from './consent-needs.ts';
import * as need from './needs.ts';
import type { OfferStatus } from './offers.ts';
import type { Offer, Referral } from './state.ts';

export type Party = 'sender' | 'receiver' | 'helpline' | 'system' | 'proposed' | 'named' | 'reader';

export type Rule = {
  readonly who: readonly Party[];
  /** Of those, only a supervisor. */
  readonly supervisor?: true;
  /** What it changes: a new referral, the referral, or one offer that is in one of the states `when`. */
  readonly on: 'nothing' | 'referral' | 'offer';
  readonly when?: readonly OfferStatus[];
  /** Whether it already took effect; without it, only its Idempotency-Key can tell. */
  readonly done?: (offer: Offer, referral: Referral) => boolean;
  readonly needs?: readonly need.Need[];
  /** Of a command on the referral: whether any input can take effect now. What it names is judged with its draft. */
  readonly may?: need.May;
  /** Waits while a fact of a newer type is here. */
  readonly risky?: true;
};

const open: readonly OfferStatus[] = ['requested', 'received'];
const serving: readonly OfferStatus[] = ['accepted', 'in-progress', 'on-hold'];
const ended: readonly OfferStatus[] = ['completed', 'failed'];

const receiver = { who: ['receiver'], on: 'offer' } as const;
const sender = { who: ['sender'], on: 'offer' } as const;
const parties = { who: ['sender', 'receiver'], on: 'referral' } as const;
const origin = { who: ['sender'], on: 'referral' } as const;

/** One line a command, read by `decide`, `allowedCommands` and the decision-table test; paths are in `events/commands.ts`. */
// biome-ignore format: a table
export const rules: Readonly<Record<Act, Rule>> = {
  submit: { who: ['sender'], on: 'nothing' },
  acknowledge: { ...receiver, when: ['requested'], done: (o) => o.acknowledged, needs: [need.standing] },
  'request-information': { ...receiver, when: open, needs: [need.standing, need.questionsLeft] },
  'provide-information': { ...sender, when: open, needs: [need.questioned] },
  accept: { ...receiver, when: open, done: (o) => o.accepted !== undefined, needs: [need.standing, need.consented], risky: true },
  decline: { ...receiver, when: open, done: (o) => o.declined !== undefined },
  'withdraw-acceptance': { ...receiver, supervisor: true, when: ['accepted'], done: (o) => o.withdrawn !== undefined },
  withdraw: { ...sender, when: open, done: (o) => o.requests.some((r) => r.withdrawal) || o.cancelled === 'withdrawn' },
  'request-cancellation': { ...sender, when: serving },
  'confirm-cancellation': { who: ['receiver', 'system'], on: 'offer', when: serving, done: (o) => o.cancelled === 'receiver' || o.cancelled === 'clock', needs: [need.leaving, need.silent] },
  'refuse-cancellation': { ...receiver, supervisor: true, when: serving, done: need.wasRefused, needs: [need.refusable] },
  'record-consent': { who: ['sender', 'receiver'], on: 'referral', may: consent.mayRecord },
  'withdraw-consent': { who: ['sender', 'receiver', 'helpline'], on: 'referral', may: consent.hasConsentLeft },
  'confirm-withdrawal': { who: ['sender', 'helpline', 'named', 'system'], supervisor: true, on: 'referral', may: consent.hasWithdrawal },
  'refute-withdrawal': { who: ['sender', 'helpline', 'named'], supervisor: true, on: 'referral', may: consent.hasWithdrawal },
  'lapse-consent': { who: ['system'], on: 'referral' },
  offer: { who: ['sender', 'system'], on: 'referral', may: need.hasLineToOffer, risky: true },
  'stop-line': { ...origin, may: need.hasOpenLine },
  'place-line': { who: ['sender', 'system'], supervisor: true, on: 'referral', may: need.hasContestedLine },
  'start-service': { ...receiver, when: ['accepted'], done: (o) => o.started, needs: [need.contacted], risky: true },
  'report-progress': { ...receiver, when: serving },
  hold: { ...receiver, when: ['accepted', 'in-progress'], needs: [need.mayWait] },
  resume: { ...receiver, when: ['on-hold'] },
  close: { ...receiver, when: serving, done: (o) => o.closed !== undefined },
  reopen: { ...receiver, supervisor: true, when: ended, needs: [need.reopenable] },
  'mark-error': { ...origin, supervisor: true, may: need.isNoError },
  'raise-safety-hold': { ...parties, may: need.isActive },
  'propose-lift': { ...parties, may: need.hasSafetyHold },
  'approve-lift': { ...parties, may: need.hasLiftToApprove },
  'plan-travel': { ...parties, may: need.mayPlan },
  'record-arrival': { ...parties, may: need.mayReportArrival },
  amend: { ...parties, may: need.mayAmend },
  'confirm-erasure': { who: ['sender', 'receiver', 'helpline', 'reader'], on: 'referral', may: need.owesReceipt },
  'give-report': { who: ['sender', 'helpline'], supervisor: true, on: 'referral', may: need.hasNoSafetyHold },
  cancel: { who: ['system'], on: 'offer', when: open, done: (o) => o.cancelled !== undefined, needs: [need.owned, need.leaving] },
  expire: { who: ['system'], on: 'offer', when: open, done: (o) => o.expired, needs: [need.owned, need.overdue] },
  remind: { who: ['system'], on: 'referral' },
  'miss-deadline': { who: ['system'], on: 'referral' },
  'record-no-arrival': { who: ['system'], on: 'referral' },
  'refer-onward': { ...receiver, when: ['accepted', 'in-progress'], needs: [need.settled, need.referable], risky: true },
  'close-parent': { who: ['system'], on: 'offer', when: serving, done: (o) => o.closed?.length === 0, needs: [need.owned, need.tookOver] },
  'propose-hand-over': { ...origin, supervisor: true, may: need.isActive },
  'take-over': { who: ['proposed', 'sender'], supervisor: true, on: 'referral', may: need.mayTakeOver },
  'propose-override': { ...parties, may: need.mayOverride },
  'approve-override': { who: ['sender', 'named'], supervisor: true, on: 'referral', may: need.hasOverrideToApprove },
  'end-override': { who: ['system'], on: 'referral' },
};
