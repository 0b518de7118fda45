import type { ClockName } from '../../events/deadline.ts';
import type { Instant, Office } from '../../events/envelope.ts';
import type { HoldId, LineId, OfferId } from '../../events/referral.ts';
import type { Pause, Span } from './spans.ts';

/** Something that an office owes: half its time, when it is due, and one and a half times. None while it stands still. */
export type Clock = {
  readonly clock: ClockName;
  readonly owes: Office;
  readonly offer?: OfferId;
  readonly line?: LineId;
  readonly hold?: HoldId;
  /** Who owes it, where it was never asked for anything. */
  readonly office?: Office;
  /** Another whenever the clock starts anew for this offer or line. */
  readonly round: number;
  readonly half?: Instant | undefined;
  readonly due?: Instant | undefined;
  readonly over?: Instant | undefined;
  /** A day on the way is not confirmed. */
  readonly provisional: boolean;
};

/** A clock that was not timed yet. */
export type Running = Pick<
  Clock,
  'clock' | 'owes' | 'offer' | 'line' | 'hold' | 'office' | 'round'
> & {
  readonly span: Span;
  readonly from: Instant;
  readonly pauses?: readonly Pause[];
};
