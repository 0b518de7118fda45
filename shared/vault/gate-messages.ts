import * as z from 'zod';
import { Country, Ref } from '../../events/envelope.ts';

const Count = z.int().min(0);

/** What a country's API asks a gate. Nothing of it is believed but the worker's own token, which names this very call. */
export const Question = z.strictObject({
  /** The country whose API was called. */
  from: Country,
  ref: Ref,
  token: z.string().max(8_192),
  path: z.string().max(300),
  body: z.string().max(4_096),
  key: z.string().max(128),
  /** How many facts of each country the caller knows. */
  known: z.strictObject({ kr: Count, vn: Count }),
});
export type Question = z.infer<typeof Question>;

/** `content` inside the country; `jwe` (compact) across the border; or why not. */
export const GateAnswer = z.union([
  z.strictObject({ content: z.record(z.string(), z.unknown()) }),
  z.strictObject({ jwe: z.string() }),
  z.strictObject({
    refused: z.strictObject({
      code: z.string(),
      status: z.int(),
      message: z.string(),
      more: z.record(z.string(), z.unknown()),
    }),
  }),
]);
export type GateAnswer = z.infer<typeof GateAnswer>;

/** The body of the call: `check`: the safe contact as it was, for whoever settles a withdrawal. */
export const Disclosure = z.strictObject({ check: z.boolean().optional() });
