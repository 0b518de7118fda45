import type { ClockName } from '../../events/deadline.ts';
import type { Country, Instant, Office, Reach, Ref } from '../../events/envelope.ts';
import type {
  Cause,
  Direction,
  Feedback,
  GrantId,
  HoldId,
  LineId,
  Next,
  OfferId,
  ShownReason,
  Urgency,
  WithdrawalId,
} from '../../events/referral.ts';
import type { Amendment, ConsentRecorded, Content, Safety, Travel } from './flags.ts';
import type { Counts } from './order.ts';
import type { Overrides } from './override.ts';

/** The slot of a fact and when it was written; the other country came to know of it later. */
export type Moment = { readonly country: Country; readonly seq: number; readonly at: Instant };

/** What a line's way is made of: how an offer let go of the line. */
export type LetGo = { readonly line: LineId; readonly next: Next; readonly since: Moment };
/** How a service ended a line. */
export type End = LetGo & { readonly state: 'completed' | 'failed'; readonly since: Position };

/** The sender's wish, told to the owner of an offer, that it end. */
export type Request = Moment & {
  readonly lines: readonly LineId[];
  readonly next: Next;
  readonly shut: boolean;
  /** Asked before an acceptance was heard. */
  readonly withdrawal: boolean;
};

/** Where a fact stands in the common order. */
export type Position = Moment & { readonly seen: number };

/** A service that waited: until it went on, or until somebody looks again. */
export type Hold = {
  readonly from: Moment;
  readonly until?: Moment;
  readonly review?: Instant;
  readonly pausesContact: boolean;
};

/** What was said about a clock: half of its time, or all of it, was over. */
export type Mark = {
  readonly step: 'reminded' | 'missed';
  readonly clock: ClockName;
  readonly offer?: OfferId | undefined;
  readonly line?: LineId | undefined;
  readonly hold?: HoldId | undefined;
  readonly office?: Office | undefined;
  readonly round: number;
};

/** One office's chance to answer for some lines. Facts are kept here; what they mean is derived (`offers.ts`, `lines.ts`). */
export type Offer = {
  readonly id: OfferId;
  readonly office: Office;
  readonly owner: Country;
  /** The fact that made it, in the country of the sender or of the parent's office. */
  readonly made: Position;
  readonly offered: readonly LineId[];
  /** The lines it still holds. */
  readonly lines: readonly LineId[];
  readonly replaces?: OfferId;
  /** The offer whose office referred her onward. */
  readonly partOf?: OfferId;
  readonly acknowledged: boolean;
  /** Rounds of questions. */
  readonly rounds: readonly { readonly asked: Moment; readonly answered?: Moment }[];
  readonly accepted?: {
    readonly since: Moment;
    readonly lines: readonly LineId[];
    readonly left: readonly { line: LineId; reason: ShownReason; next: Next }[];
  };
  /** Its claim on its lines: the acceptance, or the last reopening. */
  readonly claim?: Position & { readonly reopened: boolean };
  readonly declined?: { readonly reason: ShownReason; readonly next: Next };
  /** The acceptance was taken back. */
  readonly withdrawn?: { readonly reason: ShownReason; readonly next: Next };
  readonly cancelled?: Cause;
  /** Nobody answered in time. */
  readonly expired: boolean;
  readonly started: boolean;
  /** `over`: it waited for her arrival, and she has come. */
  readonly held?: {
    readonly review?: Instant;
    readonly awaitsArrival: boolean;
    readonly over?: true;
  };
  readonly holds: readonly Hold[];
  readonly closed?: readonly End[];
  readonly closedAt?: Instant;
  /** Lines that another office took over by an offer below this one. */
  readonly handedOn: readonly LineId[];
  readonly reopenings: number;
  readonly requests: readonly Request[];
  /** She wishes to go on: what these had seen of the requests counts no more. */
  readonly refusals: readonly Position[];
  readonly letGo: readonly LetGo[];
  readonly visits: number;
  readonly contactMade: boolean;
  readonly appointed: boolean;
  /** Anything was reported of the service. */
  readonly reported: boolean;
  /** Days of the contact attempts reported, as its office counts them, one entry an attempt. */
  readonly attempts: readonly string[];
  /** The origin's fact (`seq`) that closed the office's access. */
  readonly shutIn?: number;
  /** Its office was suspended: by the directory, and only where that was read (`inDirectory`), never in a fold. */
  readonly suspended?: Instant;
};

export type Line = {
  readonly id: LineId;
  /** Whom to ask, in order. */
  readonly offices: readonly Office[];
  readonly stopped: false | Position;
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
  /** The fact that recorded it. */
  readonly recorded: Position;
};

/** Her withdrawal: it closes these offices, in these directions, until a refutation or a renewal that had seen it. */
export type Withdrawal = {
  readonly id: WithdrawalId;
  /** The office that wrote it down for her. */
  readonly office: Office;
  readonly at: Position;
  readonly closes: readonly Pick<Grant, 'office' | 'direction'>[];
  readonly settled?: 'refuted' | 'confirmed';
  readonly settledAt?: Moment;
};

export type Referral = {
  readonly ref: Ref;
  readonly origin: Country;
  readonly reach: Reach;
  readonly sender: Office;
  /** Who was the sender, and since when; the last is it now. */
  readonly senders: readonly { readonly office: Office; readonly since: Moment }[];
  /** The office that may take over. */
  readonly proposed?: Office;
  /** Whom the network desk named for a step. */
  readonly named: readonly { readonly row: '23' | '28'; readonly office: Office }[];
  readonly overrides: Overrides;
  readonly submittedAt: Instant;
  /** The highest that anybody gave it. */
  readonly urgency: Urgency;
  /** What it was before each rise, and when it rose. */
  readonly rises: readonly { readonly before: Urgency; readonly at: Moment }[];
  readonly lines: readonly Line[];
  readonly offers: readonly Offer[];
  readonly consent: {
    readonly feedback: Feedback;
    readonly contact: string;
    readonly grants: readonly Grant[];
    readonly lapsed: readonly GrantId[];
    readonly withdrawals: readonly Withdrawal[];
    /** Keys are destroyed: no grant lives again. */
    readonly destroyed: boolean;
    /** The first confirmation that said so. */
    readonly destroyedBy?: Moment;
    readonly records: readonly ConsentRecorded[];
  };
  readonly helplines: readonly Office[];
  /** Entered in error. */
  readonly error: boolean;
  readonly erred?: Moment;
  /** Since when no line is open or served (`destroying.ts`). */
  readonly ended?: Moment;
  readonly marks: readonly Mark[];
  readonly safety: Safety;
  readonly travel: Travel;
  readonly amendments: readonly Amendment[];
  readonly content: Content;
};

/** The fold of a log. `unknown`: facts of a newer type, kept. `setAside`: facts that change nothing, shown and alarmed. */
export type State = {
  readonly counts: Counts;
  readonly unknown: readonly string[];
  readonly setAside: readonly string[];
  readonly referral?: Referral;
};
