import type { Country, Instant } from '../../events/envelope.ts';

/** How long an office has; where working days are named too, both must pass. */
export type Span = {
  readonly amount: number;
  readonly unit: string;
  readonly atLeastWorkingDays?: number;
};

/** Whose days and hours count: a desk in its country. State offices swap working days by law, others as they choose. */
export type Desk = {
  readonly country: Country;
  readonly state: boolean;
  readonly schedules?: readonly Hours[] | undefined;
};
export type Hours = {
  readonly byday: string;
  readonly opens_at: string;
  readonly closes_at: string;
};

/** Time that does not count; without `to` it stands still. */
export type Pause = { readonly from: Instant; readonly to?: Instant };

/** `provisional`: a day on the way is not confirmed, or its year is unknown. */
export type End = { readonly at: Instant; readonly provisional: boolean };

export type Run = {
  readonly from: Instant;
  readonly desk: Desk;
  /** In order, none over another. */
  readonly pauses: readonly Pause[];
};

/** So many working days after a moment; a half ends in the middle of the day's hours. Nothing while it stands still. */
export type WorkingDays = (days: number, run: Run) => End | undefined;

const HOUR = 3_600_000;
const units: Readonly<Record<string, number>> = { hours: HOUR, days: 24 * HOUR };

/** When `times` a span is over: working days by the calendar, all else on the clock, nights and holidays included. */
export const endOf = (
  { amount, unit, atLeastWorkingDays }: Span,
  times: number,
  run: Run,
  workingDays: WorkingDays,
): End | undefined => {
  const length = units[unit];
  const end =
    length === undefined
      ? workingDays(amount * times, run)
      : onTheClock(amount * times * length, run);
  if (!end || !atLeastWorkingDays) return end;
  const days = workingDays(atLeastWorkingDays * times, run);
  return days && days.at < end.at ? end : days;
};

const onTheClock = (length: number, { from, pauses }: Run): End | undefined => {
  let end = Date.parse(from) + length;
  for (const pause of pauses) {
    const begins = Math.max(Date.parse(pause.from), Date.parse(from));
    if (begins >= end) break;
    if (!pause.to) return undefined;
    end += Math.max(0, Date.parse(pause.to) - begins);
  }
  return { at: new Date(end).toISOString() as Instant, provisional: false };
};
