import * as z from 'zod';
import { CaseFile } from './case-file.ts';
import { Instant, Office, Reach, Ref } from './envelope.ts';
import {
  Amendable,
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

// What commands bring: first what decides, then content, which is sealed.

const code = z.string().regex(/^[a-z-]{1,60}$/);
const lines = z.array(LineId).min(1).max(20);
export const nothing = z.strictObject({});

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

export const Submit = z.strictObject({
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

export const Reason = z.strictObject({ reason: code });
export const Accept = z.strictObject({
  lines,
  /** Each line left out, with a reason that describes the office. */
  left: z
    .array(z.strictObject({ line: LineId, reason: code }))
    .max(20)
    .optional(),
});
/** Without `lines`: all that the office serves. */
export const RequestCancellation = z.strictObject({ reason: code, lines: lines.optional() });
export const MakeOffer = z.strictObject({
  office: Office,
  lines,
  /** Also while another office is asked; a supervisor's choice. */
  parallel: z.boolean().optional(),
  sameOfficeAgain: code.optional(),
});
export const RecordConsent = z.strictObject({
  ...notice,
  grants: z.array(Grant).min(1).max(40),
  /**
   * She allows every scope, field of her identity, child and document that she allowed before. Said by an office abroad, whose record the gate of the
   * origin cannot open: without it that gate gives the summary alone, until the sender has recorded what she allows now.
   */
  keepsScopes: z.literal(true).optional(),
});
/** Without `grants`: all of them. */
export const WithdrawConsent = z.strictObject({
  identification: code,
  grants: z.array(GrantId).min(1).max(40).optional(),
});
export const StopLine = z.strictObject({ line: LineId, reason: code });
export const PlaceLine = z.strictObject({ line: LineId, offer: OfferId });
/** `channel`: by which she was, or was to be, reached. It decides, and stands in no fact. */
export const Report = z.strictObject({ kind: ProgressKind, channel: code.optional() });
/** `review`: when somebody looks again; required unless it waits for her arrival. */
export const Hold = z.strictObject({ reason: code, review: Instant.optional() });
export const Close = z.strictObject({
  outcomes: z
    .array(z.strictObject({ line: LineId, outcome: code }))
    .min(1)
    .max(20),
});

export const ApproveLift = z.strictObject({ proposal: ProposalId });
/** `kept`: the law that forces the office to keep what it did not destroy. */
export const ConfirmErasure = z.strictObject({ destroyed: z.boolean(), kept: code.optional() });
/** How she was identified. */
export const GiveReport = z.strictObject({ identification: code });
/** How it is known; what others say is a note. */
export const RecordArrival = z.strictObject({ how: code });
/** What changes of the case file is named here, and comes beside it. */
export const Amend = z.strictObject({
  urgency: Urgency.optional(),
  parts: z.array(Amendable).min(1).max(Amendable.options.length).optional(),
});
/** For lines that the office serves. */
export const ReferOnward = z.strictObject({ office: Office, lines });
export const ProposeHandOver = z.strictObject({ office: Office });
export const ProposeOverride = z.strictObject({ basis: code });
/** On a basis of the second office’s own. Without `proposal`: the one that waits. */
export const ApproveOverride = z.strictObject({ basis: code, proposal: ProposalId.optional() });

/** Text and codes that describe her. */
const text = z.string().min(1).max(4_000);
export const comment = { comment: text.optional() };
export const questions = {
  questions: z
    .array(z.strictObject({ question: code, text: text.optional() }))
    .min(1)
    .max(10),
};
/** One for each question of the round, in its order. */
export const answers = { answers: z.array(text).min(1).max(10) };
export const progress = {
  contactResult: code.optional(),
  note: text.optional(),
};
/** Whole parts, each in place of the one before. */
export const amendment = {
  identity: CaseFile.shape.identity,
  safeContact: CaseFile.shape.safeContact.optional(),
  reason: CaseFile.shape.reason,
};
/** `needMet`: what she says of it, or that nobody asked her. */
export const ended = { needMet: code, note: text.optional() };
/** What a reason needs beside it, by `needs` of its row. */
export const declining = {
  ...comment,
  rule: text.optional(),
  document: text.optional(),
  expectedDate: z.iso.date().optional(),
  otherReferral: Ref.optional(),
};
