import type { CommandName, Input } from '../../events/commands.ts';
import type { Actor, By, Country, Instant, Office, Reach } from '../../events/envelope.ts';
import type { ReferralFact } from '../../events/facts.ts';
import type { OfferId } from '../../events/referral.ts';
import type { Counts } from './order.ts';
import type { Offer, Referral } from './state.ts';

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
/** What is asked. `cancel` is the system's own and has no path. */
export type Command =
  | { [N in CommandName]: Ask<N, Input<N>> }[CommandName]
  | Ask<'cancel', Record<string, never>>;
export type Act = Command['do'];
export type CommandOf<N extends Act> = Extract<Command, { do: N }>;

type Code = { readonly code: string; readonly validTo: string | null };
/** The code lists of `shared/data` that decide something. */
export type Codes = {
  readonly declineReasons: readonly (Code & {
    side: string;
    next: string;
    commands: readonly string[];
  })[];
  readonly cancellationReasons: readonly (Code & {
    commands: readonly string[];
    next: string;
    shutsGate: boolean;
  })[];
  readonly holdReasons: readonly (Code & {
    maxReviewDays: number | null;
    pausesContact: boolean;
    endsWith: string | null;
  })[];
  readonly outcomes: readonly (Code & {
    state: string;
    next: string;
    supervisor: boolean;
    attempts: { atLeast: number; onDays: number } | null;
    requires: string | null;
  })[];
  readonly reasons: readonly (Code & { list: string })[];
};

/** What the core must know of an office. */
export type Entry = {
  readonly active: boolean;
  readonly takesReferrals: boolean;
  readonly authority?: string | undefined;
};
export type Directory = Readonly<Record<string, Entry>>;

/** Everything that comes from outside: where and when, the code lists and the directory. */
export type Context = {
  readonly country: Country;
  readonly at: Instant;
  readonly codes: Codes;
  readonly offices: Directory;
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
