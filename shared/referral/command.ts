import type { CommandName, Input } from '../../events/commands.ts';
import type { ClockName } from '../../events/deadline.ts';
import type { Actor, By, Country, Instant, Office, Reach } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import type { HoldId, LineId, OfferId, PlanId } from '../../events/referral.ts';
import type { Counts } from './order.ts';
import type { Hours, Span, WorkingDays } from './spans.ts';
import type { Moment, Offer, Referral } from './state.ts';

/** Who asks: a worker or supervisor of an office, as its token says, or a country's system. */
export type Worker = {
  readonly office: Office;
  readonly role: 'worker' | 'supervisor';
  readonly by: By;
};
export type Caller = Worker | { readonly system: Country };

type Ask<N, I> = {
  readonly do: N;
  readonly offer?: OfferId;
  readonly input: I;
  readonly caller: Caller;
};
type Nothing = Record<string, never>;
/** A clock of an offer or a line. */
type OfClock = {
  readonly clock: ClockName;
  readonly offer?: OfferId | undefined;
  readonly line?: LineId | undefined;
  readonly hold?: HoldId | undefined;
  readonly office?: Office | undefined;
};

/** What is asked. What the system alone does has no path. */
export type Command =
  | { [N in CommandName]: Ask<N, Input<N>> }[CommandName]
  | Ask<'lapse-consent', Record<string, never>>
  | Ask<'cancel', Nothing>
  | Ask<'expire', Nothing>
  | Ask<'remind', OfClock>
  | Ask<'miss-deadline', OfClock>
  | Ask<'record-no-arrival', { readonly plan: PlanId }>
  | Ask<'close-parent', Nothing>
  | Ask<'end-override', Nothing>;
export type Act = Command['do'];
export type CommandOf<N extends Act> = Extract<Command, { do: N }>;

type Code = { readonly code: string; readonly validTo: string | null };
/** `comment`: whether a text beside the code is `required`, `optional` or `refused`. */
type Commented = Code & { readonly comment: string };
/** The code lists of `shared/data` that decide something. */
export type Codes = {
  readonly declineReasons: readonly (Commented & {
    /** What must be said beside it (`decline-needs.ts`). */
    needs: string | null;
    side: string;
    next: string;
    commands: readonly string[];
  })[];
  readonly cancellationReasons: readonly (Commented & {
    commands: readonly string[];
    next: string;
    shutsGate: boolean;
  })[];
  readonly holdReasons: readonly (Commented & {
    maxReviewDays: number | null;
    pausesContact: boolean;
    endsWith: string | null;
  })[];
  readonly outcomes: readonly (Commented & {
    state: string;
    next: string;
    supervisor: boolean;
    attempts: { atLeast: number; onDays: number } | null;
    requires: string | null;
  })[];
  readonly reasons: readonly (Code & { list: string })[];
  readonly urgencies: readonly Urgencies[];
  readonly consentScopes: readonly (Code & Scope)[];
  readonly serviceCategories: readonly Commented[];
};

type Scope = { ask: string; per: string; stage: number | null; separateSignature: boolean };

type Counted = Span & { readonly from: string };
/** How long each clock runs, and from when. */
export type Urgencies = Code & {
  readonly acknowledge: Span;
  readonly decide: Span;
  readonly answer: Span;
  readonly place: Span;
  readonly cancellation: Span;
  readonly firstContact: Counted;
  readonly feedback: Counted;
};

/** What the core must know of an office. */
export type Entry = {
  readonly active: boolean;
  readonly suspended?: Instant | undefined;
  readonly takesReferrals: boolean;
  readonly authority?: string | undefined;
  readonly schedules?: readonly Hours[] | undefined;
  readonly requiredDocuments?:
    | readonly { readonly service: string; readonly documents: readonly string[] }[]
    | undefined;
};
export type Directory = Readonly<Record<string, Entry>>;

/** Everything that comes from outside: where and when, the code lists, the directory, the calendar. */
export type Context = {
  readonly country: Country;
  readonly at: Instant;
  readonly codes: Codes;
  readonly offices: Directory;
  readonly workingDays: WorkingDays;
  /** When a fact of the other country came here. */
  readonly receivedAt: (fact: Pick<Moment, 'country' | 'seq'>) => Instant | undefined;
};

/** A fact without its envelope. */
export type Draft = {
  readonly type: ReferralFact['type'];
  readonly reach: Reach;
  readonly data: object;
};

export const actorOf = (caller: Caller): Actor =>
  ('system' in caller ? `${caller.system}:system` : caller.office) as string as Actor;

/** What a permitted command is about. */
export type On = {
  readonly referral: Referral;
  readonly offer: Offer | undefined;
  readonly counts: Counts;
};
