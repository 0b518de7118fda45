import type * as z from 'zod';
import { Heartbeat } from './border.ts';
import { ReferralFact } from './facts.ts';
import { OfficeFact } from './office.ts';

const schemas: readonly z.ZodObject<{ type: z.ZodLiteral<string> }>[] = [
  ...ReferralFact.options,
  ...OfficeFact.options,
  Heartbeat,
];

/** Every event type on the bus and its schema: what is published, sampled and tested. */
export const catalogue: ReadonlyMap<string, z.ZodType> = new Map(
  schemas.map((schema) => [schema.shape.type.value, schema]),
);
