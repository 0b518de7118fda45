import * as z from 'zod';
import { Instant, Office, Reach } from './envelope.ts';
import {
  Contact,
  Direction,
  Feedback,
  LineId,
  OfferId,
  ProgressKind,
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

const Submit = z.strictObject({
  reach: Reach,
  urgency: Urgency,
  /** One need each; its offices in order: the first is offered, the rest is the list for re-offers. */
  lines: z
    .array(z.strictObject({ offices: z.array(Office).min(1).max(10) }))
    .min(1)
    .max(20),
  consent: z.strictObject({
    noticeVersion: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
    /** SHA-256 of the notice as shown, base64url. */
    noticeHash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    feedback: Feedback,
    contact: Contact,
    grants: z.array(Grant).min(1).max(40),
  }),
  helplines: z.array(Office).max(5).optional(),
  handOver: z.strictObject({ at: Instant, result: z.enum(['answered', 'no-answer']) }).optional(),
  duplicate: code.optional(),
});

const offer = (command: string) => `/v1/referrals/{ref}/offers/{offer}/${command}`;
const referral = (command: string) => `/v1/referrals/{ref}/${command}`;

/**
 * One line a command: where it is called and what it brings. `sealed`: it brings content, and needs an Idempotency-Key, as does
 * what `repeats` (may happen twice). `later`: content fields that wait for the vault and are refused until then.
 */
export const commands = {
  submit: {
    path: '/v1/referrals',
    input: Submit,
    sealed: true,
    repeats: true,
    later: ['caseFile'],
  },
  acknowledge: {
    path: offer('acknowledge'),
    input: nothing,
    sealed: false,
    repeats: false,
    later: [],
  },
  accept: {
    path: offer('accept'),
    input: z.strictObject({
      lines,
      left: z
        .array(z.strictObject({ line: LineId, reason: code }))
        .max(20)
        .optional(),
    }),
    sealed: false,
    repeats: false,
    later: [],
  },
  decline: {
    path: offer('decline'),
    input: z.strictObject({ reason: code }),
    sealed: true,
    repeats: false,
    later: ['comment', 'rule', 'document', 'expectedDate', 'otherReferral', 'suggested'],
  },
  withdraw: {
    path: offer('withdraw'),
    input: z.strictObject({ reason: code }),
    sealed: true,
    repeats: false,
    later: ['comment'],
  },
  offer: {
    path: referral('offer'),
    input: z.strictObject({ office: Office, lines, sameOfficeAgain: code.optional() }),
    sealed: true,
    repeats: true,
    later: ['comment', 'parallel'],
  },
  'start-service': {
    path: offer('start-service'),
    input: nothing,
    sealed: false,
    repeats: false,
    later: [],
  },
  'report-progress': {
    path: offer('report-progress'),
    input: z.strictObject({ kind: ProgressKind }),
    sealed: true,
    repeats: true,
    later: ['channel', 'contactResult', 'note'],
  },
  close: {
    path: offer('close'),
    input: z.strictObject({
      outcomes: z
        .array(z.strictObject({ line: LineId, outcome: code }))
        .min(1)
        .max(20),
    }),
    sealed: true,
    repeats: false,
    later: ['needMet', 'note'],
  },
} as const;

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

export const Path = z.object({ ref: z.string().optional(), offer: OfferId.optional() });
