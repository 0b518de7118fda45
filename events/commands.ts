import * as z from 'zod';
import { Instant, Office, Reach } from './envelope.ts';
import {
  Contact,
  Direction,
  Feedback,
  GrantId,
  LineId,
  OfferId,
  ProgressKind,
  ProposalId,
  Stage,
  Urgency,
} from './referral.ts';

const code = z.string().regex(/^[a-z-]{1,60}$/);
const lines = z.array(LineId).min(1).max(20);
const nothing = z.strictObject({});

const Grant = z.strictObject({
  office: Office,
  direction: Direction,
  stages: z.array(Stage).min(1).max(2),
  onward: z.array(Office).max(10).optional(),
  expires: Instant,
});

const notice = {
  noticeVersion: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  /** SHA-256 of the notice as shown, base64url. */
  noticeHash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
};

const Submit = z.strictObject({
  reach: Reach,
  urgency: Urgency,
  /** One need each; its offices in order: the first is offered, the rest is the list for re-offers. */
  lines: z
    .array(z.strictObject({ offices: z.array(Office).min(1).max(10) }))
    .min(1)
    .max(20),
  consent: z.strictObject({
    ...notice,
    feedback: Feedback,
    contact: Contact,
    grants: z.array(Grant).min(1).max(40),
  }),
  helplines: z.array(Office).max(5).optional(),
  handOver: z.strictObject({ at: Instant, result: z.enum(['answered', 'no-answer']) }).optional(),
  duplicate: code.optional(),
});

const Reason = z.strictObject({ reason: code });
const Accept = z.strictObject({
  lines,
  /** Each line left out, with a reason that describes the office. */
  left: z
    .array(z.strictObject({ line: LineId, reason: code }))
    .max(20)
    .optional(),
});
/** Without `lines`: all that the office serves. */
const RequestCancellation = z.strictObject({ reason: code, lines: lines.optional() });
const MakeOffer = z.strictObject({
  office: Office,
  lines,
  /** Also while another office is asked; a supervisor's choice. */
  parallel: z.boolean().optional(),
  sameOfficeAgain: code.optional(),
});
const RecordConsent = z.strictObject({ ...notice, grants: z.array(Grant).min(1).max(40) });
/** Without `grants`: all of them. */
const WithdrawConsent = z.strictObject({
  identification: code,
  grants: z.array(GrantId).min(1).max(40).optional(),
});
const StopLine = z.strictObject({ line: LineId, reason: code });
const PlaceLine = z.strictObject({ line: LineId, offer: OfferId });
/** `review`: when somebody looks again; required unless it waits for her arrival. */
const Hold = z.strictObject({ reason: code, review: Instant.optional() });
const Close = z.strictObject({
  outcomes: z
    .array(z.strictObject({ line: LineId, outcome: code }))
    .min(1)
    .max(20),
});

const ApproveLift = z.strictObject({ proposal: ProposalId });
/** `kept`: the law that forces the office to keep what it did not destroy. */
const ConfirmErasure = z.strictObject({ destroyed: z.boolean(), kept: code.optional() });
/** How she was identified. */
const GiveReport = z.strictObject({ identification: code });
/** How it is known; what others say is a note. */
const RecordArrival = z.strictObject({ how: code });
const Amend = z.strictObject({ urgency: Urgency });
/** For lines that the office serves. */
const ReferOnward = z.strictObject({ office: Office, lines });
const ProposeHandOver = z.strictObject({ office: Office });
const ProposeOverride = z.strictObject({ basis: code });
/** Without `proposal`: the one that waits. */
const ApproveOverride = z.strictObject({ proposal: ProposalId.optional() });

type Traits = { sealed?: boolean; repeats?: boolean; later?: readonly string[] };
const command = <S extends z.ZodType>(path: string, input: S, traits: Traits = {}) => ({
  path,
  input,
  sealed: traits.sealed ?? false,
  repeats: traits.repeats ?? false,
  later: traits.later ?? [],
});

const offer = (command: string) => `/v1/referrals/{ref}/offers/{offer}/${command}`;
const referral = (command: string) => `/v1/referrals/{ref}/${command}`;

/**
 * One line a command: where it is called and what it brings. `sealed`: it brings content, and needs an Idempotency-Key, as does
 * what `repeats` (may happen twice). `later`: content fields that wait for the vault and are refused until then.
 */
export const commands = {
  submit: command('/v1/referrals', Submit, {
    sealed: true,
    repeats: true,
    later: ['caseFile', 'category', 'scopes'],
  }),
  acknowledge: command(offer('acknowledge'), nothing),
  'request-information': command(offer('request-information'), nothing, {
    sealed: true,
    repeats: true,
    later: ['questions'],
  }),
  'provide-information': command(offer('provide-information'), nothing, {
    sealed: true,
    later: ['answers'],
  }),
  accept: command(offer('accept'), Accept),
  decline: command(offer('decline'), Reason, {
    sealed: true,
    later: ['comment', 'rule', 'document', 'expectedDate', 'otherReferral', 'suggested'],
  }),
  'withdraw-acceptance': command(offer('withdraw-acceptance'), Reason, {
    sealed: true,
    later: ['comment', 'rule', 'document', 'expectedDate', 'otherReferral'],
  }),
  withdraw: command(offer('withdraw'), Reason, { sealed: true, later: ['comment'] }),
  'request-cancellation': command(offer('request-cancellation'), RequestCancellation, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
  'confirm-cancellation': command(offer('confirm-cancellation'), nothing),
  'refuse-cancellation': command(offer('refuse-cancellation'), nothing, {
    sealed: true,
    later: ['comment'],
  }),
  'record-consent': command(referral('record-consent'), RecordConsent, {
    sealed: true,
    repeats: true,
    later: ['record', 'scopes'],
  }),
  'withdraw-consent': command(referral('withdraw-consent'), WithdrawConsent, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
  'confirm-withdrawal': command(referral('confirm-withdrawal'), nothing, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
  'refute-withdrawal': command(referral('refute-withdrawal'), nothing, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
  offer: command(referral('offer'), MakeOffer, { sealed: true, repeats: true, later: ['comment'] }),
  'stop-line': command(referral('stop-line'), StopLine, { sealed: true, later: ['comment'] }),
  'place-line': command(referral('place-line'), PlaceLine),
  'start-service': command(offer('start-service'), nothing),
  'report-progress': command(offer('report-progress'), z.strictObject({ kind: ProgressKind }), {
    sealed: true,
    repeats: true,
    later: ['channel', 'contactResult', 'note'],
  }),
  hold: command(offer('hold'), Hold, { sealed: true, repeats: true, later: ['comment'] }),
  resume: command(offer('resume'), nothing, { repeats: true }),
  close: command(offer('close'), Close, { sealed: true, later: ['needMet', 'note'] }),
  reopen: command(offer('reopen'), Reason, { sealed: true, repeats: true, later: ['comment'] }),
  'mark-error': command(referral('mark-error'), Reason, { sealed: true, later: ['comment'] }),
  'raise-safety-hold': command(referral('raise-safety-hold'), nothing, { repeats: true }),
  'propose-lift': command(referral('propose-lift'), nothing, { repeats: true }),
  'approve-lift': command(referral('approve-lift'), ApproveLift, { repeats: true }),
  'plan-travel': command(referral('plan-travel'), nothing, {
    sealed: true,
    repeats: true,
    later: ['date'],
  }),
  'record-arrival': command(referral('record-arrival'), RecordArrival, {
    sealed: true,
    later: ['note'],
  }),
  'confirm-erasure': command(referral('confirm-erasure'), ConfirmErasure, {
    sealed: true,
    later: ['note'],
  }),
  'give-report': command(referral('give-report'), GiveReport, { repeats: true }),
  amend: command(referral('amend'), Amend, { sealed: true, repeats: true, later: ['caseFile'] }),
  'refer-onward': command(offer('refer-onward'), ReferOnward, { repeats: true }),
  'propose-hand-over': command(referral('propose-hand-over'), ProposeHandOver, { repeats: true }),
  'take-over': command(referral('take-over'), nothing, { sealed: true, later: ['record'] }),
  'propose-override': command(referral('propose-override'), ProposeOverride, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
  'approve-override': command(referral('approve-override'), ApproveOverride, {
    sealed: true,
    repeats: true,
    later: ['comment'],
  }),
};

export type CommandName = keyof typeof commands;
export type Input<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;

/** What the API serves: one POST a command. */
export const routes = Object.values(commands).map(({ path }) => ({
  method: 'POST' as const,
  path,
}));

/** The command that a path such as `/v1/referrals/{ref}/offers/{offer}/accept` stands for. */
export const commandAt = (path: string): CommandName | undefined =>
  (Object.keys(commands) as CommandName[]).find((name) => commands[name].path === path);

export const Path = z.object({ offer: OfferId.optional() });
