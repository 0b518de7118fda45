import * as z from 'zod';
import { Instant } from './envelope.ts';

/** A sign of life that crosses the border every 5 minutes in each direction; no fact, and kept in no log. */
export const Heartbeat = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().regex(/^heartbeat\/(kr|vn)\/\d{1,13}$/),
  source: z.string().regex(/^urn:referrals:(kr|vn)$/),
  type: z.literal('border.heartbeat.v1'),
  time: Instant,
  /** The address of that country's API, which tokens of its offices name. */
  api: z
    .string()
    .regex(/^https?:\/\/\S{1,300}$/)
    .optional(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;
