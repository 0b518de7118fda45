import * as z from 'zod';
import { Counter, Country, Reach, Subject } from '../events/envelope.ts';
import { SEGMENTS } from './slots.ts';

/**
 * A day: that long the own stream keeps a fact, and that long EventBridge tries to hand it over. A younger fact is
 * on its way, and publishing it again would hide whatever delays it; an older one nobody carries any more.
 */
const A_DAY = 24 * 3600;

const Counts = z.record(Country, Counter);
const scope = {
  /** Every subject, and also what the own bus never carried; else what was touched lately. */
  all: z.boolean().default(false),
  /** This one alone, in the same two ways. */
  subject: Subject.optional(),
  minAgeSeconds: z.int().min(0).default(A_DAY),
};
const segment = z
  .int()
  .min(0)
  .max(SEGMENTS - 1);
const at = z.string().max(300).optional();

/** Where a run stands: whose ledger is gone through, and how far. `copies` and `missing` only while restoring. */
const Place = z.strictObject({
  side: z.enum(['copies', 'ours', 'theirs', 'missing']),
  segment,
  at,
});
export type Place = z.infer<typeof Place>;

/** Given by the schedule, by an operator, and by a run to itself. */
export const Run = z.strictObject({
  ...scope,
  /** Our half only: the peer has a schedule of its own. */
  alone: z.boolean().default(false),
  /** Invokes itself for the rest when time is short; else the answer's `next` is the `from` of the next call. */
  goOn: z.boolean().default(false),
  from: z.array(Place).optional(),
  silent: z.boolean().default(false),
});
export type Run = z.infer<typeof Run>;
export type Scope = Pick<Run, 'all' | 'subject' | 'minAgeSeconds'>;

/** What one country's `reconcile` asks the other's. Each answer is bounded by a page. */
export const Question = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('counts'), subjects: z.array(Subject).max(1000) }),
  z.strictObject({ ask: z.literal('page'), ...scope, segment, at }),
  z.strictObject({ ask: z.literal('heads'), segment, at }),
  z.strictObject({ ask: z.literal('copies'), subject: Subject, after: Counts }),
]);
export type Question = z.infer<typeof Question>;

export const CountsAnswer = z.record(Subject, Counts);
export const PageAnswer = z.object({
  toPeer: Counter,
  toBus: Counter,
  silent: z.boolean(),
  next: z.string().optional(),
});
export const HeadsAnswer = z.object({
  heads: z.array(z.object({ subject: Subject, reach: Reach, counts: Counts })),
  next: z.string().optional(),
});
export const CopiesAnswer = z.array(z.string());
