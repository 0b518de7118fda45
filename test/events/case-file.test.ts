import { expect, test } from 'vitest';
import * as z from 'zod';
import { CaseFile, ConsentRecord } from '../../events/case-file.ts';
import { caseFile } from '../support/case-file.ts';

const file = caseFile();
const fails = (change: object) => !CaseFile.safeParse({ ...file, ...change }).success;

test('a case file is taken as it is', () => {
  expect(CaseFile.parse(file)).toEqual(file);
  expect(ConsentRecord.parse(file.consent)).toEqual(file.consent);
});

test('only summary, safe contact, lists and consent must be there', () => {
  const { summary, consent } = file;
  const safeContact = { known: false, why: 'none-known' };
  const least = { summary, safeContact, children: [], documents: [], consent };
  expect(CaseFile.parse(least)).toEqual(least);
  for (const part of Object.keys(least))
    expect([part, fails({ [part]: undefined })]).toEqual([part, true]);
});

/** Every object below, with the way to it. */
const objects = (schema: z.core.$ZodType, way = ''): [string, z.ZodObject][] => {
  if (schema instanceof z.ZodOptional) return objects(schema.unwrap(), way);
  if (schema instanceof z.ZodArray) return objects(schema.element, `${way}/0`);
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.flatMap((option) => objects(option, way));
  if (!(schema instanceof z.ZodObject)) return [];
  const below = Object.entries<z.core.$ZodType>(schema.shape);
  return [[way, schema], ...below.flatMap(([name, one]) => objects(one, `${way}/${name}`))];
};

test('no object takes a field that is not known, and no text or list is without a bound', () => {
  const all = objects(CaseFile);
  expect(all).toHaveLength(16);
  for (const [way, { def }] of all)
    expect([way, def.catchall?._zod.def.type]).toEqual([way, 'never']);
  const bounded = (schema: unknown): unknown[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const one = schema as Record<string, unknown>;
    const text =
      one.type === 'string' && !('maxLength' in one || 'pattern' in one || 'enum' in one);
    const list = one.type === 'array' && !('maxItems' in one);
    return [...(text || list ? [one] : []), ...Object.values(one).flatMap(bounded)];
  };
  expect(bounded(z.toJSONSchema(CaseFile))).toEqual([]);
});

test.each([
  ['a date that is none', { travelDate: '2026-02-30' }],
  ['a date with a time', { travelDate: '2026-02-03T00:00:00.000Z' }],
  ['a text that is empty', { reason: '' }],
  ['a text without an end', { reason: 'x'.repeat(4_001) }],
  ['a category that is a text', { summary: { ...file.summary, categories: ['He beat her'] } }],
  ['no category', { summary: { ...file.summary, categories: [] } }],
  ['an age', { summary: { ...file.summary, ageBand: '29' } }],
  ['contact without a way', { safeContact: { ...file.safeContact, channels: [] } }],
  ['no contact without why', { safeContact: { known: false } }],
  ['a child of no line', { children: [{ ...file.children[0], lines: [] }] }],
  ['the child before the first', { documents: [{ kind: 'passport', child: 0 }] }],
  ['a right that was not shown', { consent: { ...file.consent, rightToRefuseShown: false } }],
  ['no scopes', { consent: { ...file.consent, scopes: [] } }],
])('%s is refused', (_, change) => expect(fails(change)).toBe(true));
