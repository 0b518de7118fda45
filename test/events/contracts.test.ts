import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CloudEvent } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';
import { Fact } from '../../events/envelope.ts';
import { ReferralFact } from '../../events/facts.ts';
import { OfficeFact } from '../../events/office.ts';
import { schemaOf } from '../../infra/contracts.ts';

const folder = (name: string) => new URL(`../../events/${name}/`, import.meta.url);
const text = (kind: string, file: string) => readFileSync(new URL(file, folder(kind)), 'utf8');
const sampleOf = (type: string) =>
  JSON.parse(text('samples', `${type}.json`)) as Record<string, unknown>;
const types = [...catalogue];

test('every type has a sample and a published schema, and nothing else lies there', () => {
  const names = [...catalogue.keys()].toSorted();
  expect(readdirSync(folder('samples')).toSorted()).toEqual(names.map((n) => `${n}.json`));
  expect(readdirSync(folder('published')).toSorted()).toEqual(names.map((n) => `${n}.schema.json`));
});

describe.each(types)('%s', (type, schema) => {
  const sample = sampleOf(type);
  const published = JSON.parse(text('published', `${type}.schema.json`));

  test('parses, and comes out as it went in', () => {
    expect(schema.parse(sample)).toEqual(sample);
    expect(sample.type).toBe(type);
  });

  test('is published as it is generated', () => {
    expect(text('published', `${type}.schema.json`)).toBe(schemaOf(type, schema));
  });

  test('is what its published schema says, for a judge that is not zod', () => {
    const judge = new Ajv2020({ strict: true, allErrors: true }).compile(published);
    expect(judge(sample), JSON.stringify(judge.errors)).toBe(true);
    const { type: _, ...nameless } = sample;
    expect(judge(nameless)).toBe(false);
  });

  test('is open: a member that a later version adds stays', () => {
    const later = {
      ...sample,
      laterextension: 'kept',
      ...('data' in sample && { data: { ...(sample.data as object), later: 1 } }),
    };
    expect(schema.parse(later)).toEqual(later);
    const judge = new Ajv2020({ strict: true }).compile(published);
    expect(judge(later)).toBe(true);
  });

  test('is a CloudEvent for the cloudevents package', () => {
    const event = new CloudEvent(sample as never, true);
    expect(event.validate()).toBe(true);
    // Attribute names and integers by the letter of CloudEvents 1.0.
    for (const [name, value] of Object.entries(sample)) {
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
      if (typeof value === 'number') expect(Number.isInteger(value) && value < 2 ** 31).toBe(true);
      else if (name !== 'data') expect(typeof value).toBe('string');
    }
  });

  test('has no union, record, date or closed object in its data', () => {
    const parts = [...nested(published)];
    for (const word of [
      'anyOf',
      'oneOf',
      'allOf',
      'not',
      'format',
      'propertyNames',
      'patternProperties',
    ])
      expect(parts.some((part) => word in part)).toBe(false);
    expect(parts.some((part) => part.additionalProperties === false)).toBe(false);
    expect(parts.every((part) => !Array.isArray(part.type))).toBe(true);
  });
});

function* nested(schema: unknown): Generator<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield schema as Record<string, unknown>;
  for (const part of Object.values(schema)) yield* nested(part);
}

describe('the envelope', () => {
  const sample = sampleOf('offer.accepted.v1');
  const facts: [string, z.ZodType][] = types.filter(([type]) => type !== 'border.heartbeat.v1');

  test.each(facts)('holds every fact: %s', (type) => {
    const fact = Fact.parse(sampleOf(type));
    expect(fact.id).toBe(`${fact.subject}/${fact.country}/${fact.seq}`);
    expect(fact.source).toBe(`urn:referrals:${fact.country}`);
  });

  test.each<[string, unknown]>([
    ['specversion', '0.3'],
    ['id', 'ref_7K2M9QX4WD1T8RB5N6C3HJ0VFG.vn.2'],
    ['id', 'ref_7K2M9QX4WD1T8RB5N6C3HJ0VFG/vn/0'],
    ['source', 'urn:referrals:us'],
    ['type', 'offer.accepted'],
    ['subject', 'ref_7K2M9QX4WD1T8RB5N6C3HJ0VF'],
    ['subject', 'us-office'],
    ['time', '2026-11-23T02:10:00Z'],
    ['time', '2026-13-23T02:10:00.000Z'],
    ['country', 'us'],
    ['seq', 0],
    ['seq', 1.5],
    ['seq', 2_147_483_648],
    ['seen', -1],
    ['reach', 'all'],
    ['actor', 'vn:root'],
    ['data', { offices: [] }],
    ['data', {}],
  ])('refuses %s %j', (name, value) => {
    expect(Fact.safeParse({ ...sample, [name]: value }).success).toBe(false);
  });

  test.each(Object.keys(sample))('needs %s', (name) => {
    const { [name]: _, ...rest } = sample;
    expect(Fact.safeParse(rest).success).toBe(false);
  });
});

test('every type belongs to one family of facts, or is the heartbeat', () => {
  const known = [...ReferralFact.options, ...OfficeFact.options].map(
    ({ shape }) => shape.type.value,
  );
  expect([...catalogue.keys()].toSorted()).toEqual([...known, 'border.heartbeat.v1'].toSorted());
});
