import * as z from 'zod';
import { fact, Instant, Office } from './envelope.ts';

export const LineId = z
  .string()
  .regex(/^l[1-9]\d?$/)
  .brand<'LineId'>();
export type LineId = z.infer<typeof LineId>;

/** Named after the slot of the fact that made it: `kr1-2` is the second of fact kr/1. */
const slotted = z.string().regex(/^(kr|vn)[1-9]\d{0,9}-[1-9]\d?$/);
export const OfferId = slotted.brand<'OfferId'>();
export type OfferId = z.infer<typeof OfferId>;
export const GrantId = slotted.brand<'GrantId'>();
export type GrantId = z.infer<typeof GrantId>;
export const WithdrawalId = slotted.brand<'WithdrawalId'>();
export type WithdrawalId = z.infer<typeof WithdrawalId>;
export const HoldId = slotted.brand<'HoldId'>();
export type HoldId = z.infer<typeof HoldId>;
export const ProposalId = slotted.brand<'ProposalId'>();
export type ProposalId = z.infer<typeof ProposalId>;
export const OverrideId = slotted.brand<'OverrideId'>();
export type OverrideId = z.infer<typeof OverrideId>;
export const PlanId = slotted.brand<'PlanId'>();
export type PlanId = z.infer<typeof PlanId>;

export const Urgency = z.enum(['emergency', 'urgent', 'normal']);
export type Urgency = z.infer<typeof Urgency>;

/** What becomes of a line, strictest last (`lifecycle.md`, "One owner for each thing"). */
export const Next = z.enum(['none', 'next-office', 'sender', 'human', 'stop']);
export type Next = z.infer<typeof Next>;

/** What the sender may hear of the service: nothing, how it ended, or also how it goes. */
export const Feedback = z.enum(['none', 'outcome', 'progress']);
export type Feedback = z.infer<typeof Feedback>;

export const Contact = z.enum([
  'office-contacts-person',
  'person-contacts-office',
  'through-worker',
  'no-contact',
]);

/** The way that data may take: inside one country, or across the border in this direction. */
export const Direction = z.enum(['kr', 'vn', 'kr-vn', 'vn-kr']);
export type Direction = z.infer<typeof Direction>;

/** 1: the coded summary, while the offer is open. 2: what the scopes grant, after acceptance. */
export const Stage = z.int().min(1).max(2);

/** What she allowed one office, in one direction: the scopes behind it are sealed. */
export const Grant = z.looseObject({
  grant: GrantId,
  office: Office,
  direction: Direction,
  stages: z.array(Stage).min(1),
  onward: z.array(Office),
  expires: Instant,
});

export const HandOver = z.looseObject({ at: Instant, result: z.enum(['answered', 'no-answer']) });

/** Decline reasons that stand in a fact: those that describe the office. All others stand as `other`. */
export const ShownReason = z.enum([
  'no-capacity',
  'not-eligible',
  'service-not-provided',
  'outside-service-area',
  'prerequisites-missing',
  'insufficient-information',
  'already-served',
  'language-not-available',
  'waiting-time-too-long',
  'other',
]);
export type ShownReason = z.infer<typeof ShownReason>;

export const ProgressKind = z.enum([
  'contact-attempted',
  'contact-made',
  'appointment-scheduled',
  'appointment-attended',
  'appointment-missed',
  'visit',
  'note',
]);

/** Why an offer or some of its lines ended without the receiver's own answer. */
export const Cause = z.enum([
  'receiver',
  'clock',
  'withdrawn',
  'consent',
  'stopped',
  'placed-elsewhere',
  'parent',
  'suspended',
  'error',
]);
export type Cause = z.infer<typeof Cause>;

/** The parts of a case file that may be sealed anew. */
export const Part = z.enum([
  'summary',
  'identity',
  'safe-contact',
  'reason',
  'sensitive',
  'children',
  'documents',
]);
export type Part = z.infer<typeof Part>;
/** Those that may change: children and papers keep the places that her consent names, and needs what each office was asked for. */
export const Amendable = Part.extract(['identity', 'safe-contact', 'reason']);
export type Amendable = z.infer<typeof Amendable>;

export const LineIds = z.array(LineId).min(1);

export const ReferralSubmitted = fact('referral.submitted.v1', {
  urgency: Urgency,
  lines: z.array(z.looseObject({ line: LineId, offices: z.array(Office).min(1) })).min(1),
  offers: z.array(z.looseObject({ offer: OfferId, office: Office, lines: LineIds })).min(1),
  consent: z.looseObject({
    noticeVersion: z.string(),
    noticeHash: z.string(),
    feedback: Feedback,
    contact: Contact,
    grants: z.array(Grant),
  }),
  helplines: z.array(Office),
  handOver: HandOver.optional(),
  duplicate: z.boolean().optional(),
});

/** The whole referral was a mistake: out of the statistics, kept in the audit. */
export const ReferralEnteredInError = fact('referral.entered-in-error.v1', {});

/** What was changed: the parts of the sealed case file, and the urgency, which only rises. */
export const ReferralAmended = fact('referral.amended.v1', {
  parts: z.array(Part),
  urgency: Urgency.optional(),
});

/** She was told who saw what, when and by whose leave; what she was told is sealed. */
export const ReportGiven = fact('report.given.v1', {});

/** The sender gives a line up: nobody is asked for it any more. */
export const LineStopped = fact('line.stopped.v1', { line: LineId });

/** The origin's choice between two offices that accepted the same line. */
export const LinePlaced = fact('line.placed.v1', {
  line: LineId,
  /** Always in the ledger; the office that was not chosen does not read whose it is. */
  offer: OfferId.optional(),
});
