import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { catalogue } from '../events/catalogue.ts';

/** The published contract of one fact type: JSON Schema 2020-12, open, as a receiver should check it. */
export const schemaOf = (type: string, schema: z.ZodType): string => {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ $id: `urn:referrals:schema:${type}`, title: type, ...json }, null, 2)}\n`;
};

const folder = new URL('../events/published/', import.meta.url);

/** Writes `events/published` anew. */
export const publish = () => {
  for (const file of readdirSync(folder)) rmSync(new URL(file, folder));
  for (const [type, schema] of catalogue)
    writeFileSync(new URL(`${type}.schema.json`, folder), schemaOf(type, schema));
};

if (import.meta.main) publish();
