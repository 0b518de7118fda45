import * as z from 'zod';
import { CaseFile, ConsentRecord } from './case-file.ts';
import { Office } from './envelope.ts';
import * as of from './inputs.ts';
import { OfferId } from './referral.ts';

type Traits<C> = { repeats?: boolean; content?: C };
const command = <I extends z.ZodRawShape, C extends z.ZodRawShape = Record<never, never>>(
  path: string,
  input: z.ZodObject<I, z.core.$strict>,
  { repeats = false, content }: Traits<C> = {},
) => ({
  path,
  input,
  body: z.strictObject({ ...input.shape, ...content } as I & C),
  sealed: content !== undefined,
  repeats,
});

const offer = (command: string) => `/v1/referrals/{ref}/offers/{offer}/${command}`;
const referral = (command: string) => `/v1/referrals/{ref}/${command}`;

/**
 * One line a command: where it is called, what decides, and beside it the `content` that is sealed with its fact and stands in no
 * fact. A command with content needs an Idempotency-Key, as does what `repeats` (may happen twice).
 */
// biome-ignore format: a table
export const commands = {
  submit: command('/v1/referrals', of.Submit, { repeats: true, content: { caseFile: CaseFile } }),
  acknowledge: command(offer('acknowledge'), of.nothing),
  'request-information': command(offer('request-information'), of.nothing, { repeats: true, content: of.questions }),
  'provide-information': command(offer('provide-information'), of.nothing, { content: of.answers }),
  accept: command(offer('accept'), of.Accept),
  decline: command(offer('decline'), of.Reason, { content: { ...of.declining, suggested: Office.optional() } }),
  'withdraw-acceptance': command(offer('withdraw-acceptance'), of.Reason, { content: of.declining }),
  withdraw: command(offer('withdraw'), of.Reason, { content: of.comment }),
  'request-cancellation': command(offer('request-cancellation'), of.RequestCancellation, { repeats: true, content: of.comment }),
  'confirm-cancellation': command(offer('confirm-cancellation'), of.nothing),
  'refuse-cancellation': command(offer('refuse-cancellation'), of.nothing, { content: of.comment }),
  'record-consent': command(referral('record-consent'), of.RecordConsent, { repeats: true, content: { record: ConsentRecord } }),
  'withdraw-consent': command(referral('withdraw-consent'), of.WithdrawConsent, { repeats: true, content: of.comment }),
  'confirm-withdrawal': command(referral('confirm-withdrawal'), of.nothing, { repeats: true, content: of.comment }),
  'refute-withdrawal': command(referral('refute-withdrawal'), of.nothing, { repeats: true, content: of.comment }),
  offer: command(referral('offer'), of.MakeOffer, { repeats: true, content: of.comment }),
  'stop-line': command(referral('stop-line'), of.StopLine, { content: of.comment }),
  'place-line': command(referral('place-line'), of.PlaceLine),
  'start-service': command(offer('start-service'), of.nothing),
  'report-progress': command(offer('report-progress'), of.Report, { repeats: true, content: of.progress }),
  hold: command(offer('hold'), of.Hold, { repeats: true, content: of.comment }),
  resume: command(offer('resume'), of.nothing, { repeats: true }),
  close: command(offer('close'), of.Close, { content: of.ended }),
  reopen: command(offer('reopen'), of.Reason, { repeats: true, content: of.comment }),
  'mark-error': command(referral('mark-error'), of.Reason, { content: of.comment }),
  'raise-safety-hold': command(referral('raise-safety-hold'), of.nothing, { repeats: true }),
  'propose-lift': command(referral('propose-lift'), of.nothing, { repeats: true }),
  'approve-lift': command(referral('approve-lift'), of.ApproveLift, { repeats: true }),
  'plan-travel': command(referral('plan-travel'), of.nothing, { repeats: true, content: { date: z.iso.date() } }),
  'record-arrival': command(referral('record-arrival'), of.RecordArrival, { content: of.comment }),
  'confirm-erasure': command(referral('confirm-erasure'), of.ConfirmErasure, { content: {} }),
  'give-report': command(referral('give-report'), of.GiveReport, { repeats: true }),
  amend: command(referral('amend'), of.Amend, { repeats: true, content: of.amendment }),
  'refer-onward': command(offer('refer-onward'), of.ReferOnward, { repeats: true }),
  'propose-hand-over': command(referral('propose-hand-over'), of.ProposeHandOver, { repeats: true }),
  'take-over': command(referral('take-over'), of.nothing, { content: of.comment }),
  'propose-override': command(referral('propose-override'), of.ProposeOverride, { repeats: true, content: of.comment }),
  'approve-override': command(referral('approve-override'), of.ApproveOverride, { repeats: true, content: of.comment }),
};

export type CommandName = keyof typeof commands;
export type Input<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
/** What is sent: what decides, and content beside it. */
export type Body<N extends CommandName> = z.infer<(typeof commands)[N]['body']>;

/** What the API serves: one POST a command. */
export const routes = Object.values(commands).map(({ path, sealed }) => ({
  method: 'POST' as const,
  path,
  sealed,
}));

/** The command that a path such as `/v1/referrals/{ref}/offers/{offer}/accept` stands for. */
export const commandAt = (path: string): CommandName | undefined =>
  (Object.keys(commands) as CommandName[]).find((name) => commands[name].path === path);

export const Path = z.object({ offer: OfferId.optional() });
