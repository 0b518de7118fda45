import * as z from 'zod';
import { Counter, fact, Instant, Office } from './envelope.ts';
import { HoldId, LineId, OfferId } from './referral.ts';

/** What an office can owe: an answer, a line's next office, a first contact, a word to the sender … */
export const ClockName = z.enum([
  'acknowledge',
  'decide',
  'answer',
  'place',
  'cancellation',
  'first-contact',
  'feedback',
  'hold-review',
  'safety-review',
  'withdrawal-confirm',
  'not-arrived-follow-up',
  'receipt',
]);
export type ClockName = z.infer<typeof ClockName>;

/**
 * `offer`, `line` or `hold` (a safety hold): what it is about; `office`: who owes, where it was never asked. `round`:
 * another number whenever this clock starts anew for it.
 */
const clock = {
  clock: ClockName,
  offer: OfferId.optional(),
  line: LineId.optional(),
  hold: HoldId.optional(),
  office: Office.optional(),
  round: Counter.min(1),
  due: Instant,
};

/** Half the time is over. */
export const DeadlineReminded = fact('deadline.reminded.v1', clock);
/** The time is over; what was recorded as missed stays missed, whatever calendar is corrected later. */
export const DeadlineMissed = fact('deadline.missed.v1', clock);
