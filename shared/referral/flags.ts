import type { By, Country, Office } from '../../events/envelope.ts';
import type { HoldId, Part, PlanId, ProposalId } from '../../events/referral.ts';
import type { Moment, Position } from './state.ts';

/** Reaching her is not safe: in force until a lift that had seen it. */
export type SafetyHold = {
  readonly id: HoldId;
  /** The office that raised it. */
  readonly office: Office;
  readonly at: Position;
  readonly lifted?: Moment;
};

/** One person's word that it is safe again; `by` tells the second person from the first. */
export type LiftProposal = {
  readonly id: ProposalId;
  readonly office: Office;
  readonly by?: By;
  readonly at: Position;
  readonly holds: readonly HoldId[];
};

/** A planned travel; its date is sealed in this country. */
export type Plan = { readonly id: PlanId; readonly at: Position; readonly country: Country };

export type Safety = {
  readonly holds: readonly SafetyHold[];
  readonly proposals: readonly LiftProposal[];
};

export type Travel = {
  readonly plans: readonly Plan[];
  readonly arrivals: readonly Position[];
  readonly missing: readonly { readonly plan: PlanId; readonly at: Position }[];
};

/** Parts of the case file that were sealed anew. */
export type Amendment = {
  readonly office: Office;
  /** By the sender of that time: its version of a part counts. What another office writes is a note of its own. */
  readonly own: boolean;
  readonly parts: readonly Part[];
  readonly at: Position;
};

/** Who recorded consent with her, and when. */
export type ConsentRecorded = {
  readonly office: Office;
  /** By the sender of that time: it alone adds. What another office records narrows or renews. */
  readonly own: boolean;
  /** It says that no scope changed: for a gate that does not hold the record. */
  readonly keepsScopes: boolean;
  readonly at: Position;
};

/** Who has read anything, which country has destroyed it, who said what became of its own copy, and who told her of it. */
export type Content = {
  readonly reads: readonly {
    readonly office: Office;
    /** 1: the summary. */
    readonly stage: number;
    readonly at: Position;
  }[];
  readonly erased: readonly Moment[];
  readonly receipts: readonly { readonly office: Office; readonly at: Position }[];
  /** Who gave her her report. */
  readonly reported: readonly Office[];
};
