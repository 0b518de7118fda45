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

/** What a line's way is made of: how an offer, or a request on it, let go of the line. */
export type LetGo = { readonly line: LineId; readonly next: Next };

/** The sender's wish, told to the owner of an offer, that it end. */
export type Request = {
  readonly lines: readonly LineId[];
  readonly next: Next;
  readonly shut: boolean;
};

export type Acceptance = {
  readonly lines: readonly LineId[];
  readonly left: readonly { line: LineId; reason: ShownReason; next: Next }[];
};

/** One office's chance to answer for some lines. Facts are kept here; what they mean is derived (`derive.ts`). */
export type Offer = {
  readonly id: OfferId;
  readonly office: Office;
  readonly owner: Country;
  readonly madeAt: Instant;
  /** The origin's fact (`seq`) that made it. */
  readonly madeIn: number;
  /** The lines it still holds; those it lost or left are in `letGo`. */
  readonly lines: readonly LineId[];
  readonly offered: readonly LineId[];
  readonly replaces?: OfferId;
  readonly acknowledged: boolean;
  readonly accepted?: Acceptance;
  readonly declined?: { readonly reason: ShownReason; readonly next: Next };
  readonly cancelled?: Cause;
  readonly started: boolean;
  readonly closed?: readonly { line: LineId; state: 'completed' | 'failed'; next: Next }[];
  readonly requests: readonly Request[];
  readonly letGo: readonly LetGo[];
  readonly visits: number;
  readonly contactMade: boolean;
  /** UTC days of the contact attempts reported, one entry an attempt. */
  readonly attempts: readonly string[];
  /** The origin's fact (`seq`) that closed the office's access. */
  readonly shutIn?: number;
};

export type Line = { readonly id: LineId; readonly offices: readonly Office[] };

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
};

/** The fold of a log. `unknown`: facts of a newer type, kept. `setAside`: facts that change nothing, shown and alarmed. */
export type State = {
  readonly counts: Counts;
  readonly unknown: readonly string[];
  readonly setAside: readonly string[];
  readonly referral?: Referral;
};
