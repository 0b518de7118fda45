import type { Country, Instant, Office, Reach, Ref } from '../../events/envelope.ts';
import type {
  Cause,
  Direction,
  Feedback,
  GrantId,
  LineId,
  Next,
  OfferId,
  ShownReason,
  Urgency,
} from '../../events/referral.ts';
import type { Counts } from './order.ts';

/** What a line's way is made of: how an offer let go of the line. */
export type LetGo = { readonly line: LineId; readonly next: Next };

/** The sender's wish, told to the owner of an offer, that it end. `seq`: of the origin's fact. */
export type Request = {
  readonly lines: readonly LineId[];
  readonly next: Next;
  readonly shut: boolean;
  /** Asked before an acceptance was heard. */
  readonly withdrawal: boolean;
  readonly seq: number;
};

export type Acceptance = {
  readonly lines: readonly LineId[];
  readonly left: readonly { line: LineId; reason: ShownReason; next: Next }[];
};

/** Where a fact stands in the common order. */
export type Position = { readonly country: Country; readonly seq: number; readonly seen: number };

/** One office's chance to answer for some lines. Facts are kept here; what they mean is derived (`offers.ts`, `lines.ts`). */
export type Offer = {
  readonly id: OfferId;
  readonly office: Office;
  readonly owner: Country;
  readonly madeAt: Instant;
  /** The origin's fact (`seq`) that made it. */
  readonly madeIn: number;
  readonly offered: readonly LineId[];
  /** The lines it still holds. */
  readonly lines: readonly LineId[];
  readonly replaces?: OfferId;
  readonly acknowledged: boolean;
  /** Rounds of questions. */
  readonly asked: number;
  readonly answered: number;
  readonly accepted?: Acceptance;
  /** Its claim on its lines: the acceptance, or the last reopening. */
  readonly claim?: Position & { readonly reopened: boolean };
  readonly declined?: { readonly reason: ShownReason; readonly next: Next };
  /** The acceptance was taken back. */
  readonly withdrawn?: { readonly reason: ShownReason; readonly next: Next };
  readonly cancelled?: Cause;
  readonly started: boolean;
  readonly held?: { readonly review?: Instant; readonly awaitsArrival: boolean };
  readonly holds: number;
  readonly closed?: readonly { line: LineId; state: 'completed' | 'failed'; next: Next }[];
  readonly closedAt?: Instant;
  readonly reopenings: number;
  readonly requests: readonly Request[];
  readonly letGo: readonly LetGo[];
  readonly visits: number;
  readonly contactMade: boolean;
  /** UTC days of the contact attempts reported, one entry an attempt. */
  readonly attempts: readonly string[];
  /** The origin's fact (`seq`) that closed the office's access. */
  readonly shutIn?: number;
};

export type Line = {
  readonly id: LineId;
  /** Whom to ask, in order. */
  readonly offices: readonly Office[];
  readonly stopped: boolean;
  /** The origin's last choice between two that accepted. */
  readonly placed?: Position & { readonly offer: OfferId };
};

export type Grant = {
  readonly id: GrantId;
  readonly office: Office;
  readonly direction: Direction;
  readonly stages: readonly number[];
  readonly onward: readonly Office[];
  readonly expires: Instant;
};

export type Referral = {
  readonly ref: Ref;
  readonly origin: Country;
  readonly reach: Reach;
  readonly sender: Office;
  readonly submittedAt: Instant;
  readonly urgency: Urgency;
  readonly lines: readonly Line[];
  readonly offers: readonly Offer[];
  readonly consent: {
    readonly feedback: Feedback;
    readonly contact: string;
    readonly grants: readonly Grant[];
  };
  readonly helplines: readonly Office[];
  /** Entered in error. */
  readonly error: boolean;
};

/** The fold of a log. `unknown`: facts of a newer type, kept. `setAside`: facts that change nothing, shown and alarmed. */
export type State = {
  readonly counts: Counts;
  readonly unknown: readonly string[];
  readonly setAside: readonly string[];
  readonly referral?: Referral;
};
