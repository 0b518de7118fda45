import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lagOf, peerStatus } from '../../shared/heartbeat.ts';
import { inputOf } from '../../shared/input.ts';
import { pageOf } from '../../shared/page.ts';
import { refusal } from '../support/given.ts';
import { later, noon } from '../support/people.ts';

const Schema = z.strictObject({
  kind: z.enum(['one', 'two']),
  rows: z.array(z.strictObject({ 'a/b~c': z.string() })).optional(),
});
const read = (body: string) => inputOf(Schema, body);
const secret = 'Invented Name 010-0000-0000';

test('a body is read as strict input', () => {
  expect(read('{"kind":"one"}')).toEqual({ kind: 'one' });
  expect(inputOf(z.strictObject({}), '')).toEqual({});
});

test('text is taken composed, however it was typed', () => {
  const typed = JSON.stringify({ name: 'Cần Thơ'.normalize('NFD') });
  const escaped = '{"name":"C\\u0061\\u0302\\u0300n Tho\\u031b"}';
  for (const body of [typed, escaped])
    expect(inputOf(z.strictObject({ name: z.string() }), body)).toEqual({
      name: 'Cần Thơ'.normalize('NFC'),
    });
});

describe('a refusal names the field by JSON Pointer', () => {
  test.each([
    ['{"kind":"three"}', 'invalid-field', '/kind'],
    ['{}', 'invalid-field', '/kind'],
    ['{"kind":"one","rows":[{"a/b~c":1}]}', 'invalid-field', '/rows/0/a~1b~0c'],
    ['{"kind":"one","override":true}', 'unknown-field', '/override'],
    ['{"kind":"one","rows":[{"a/b~c":"x","more":1}]}', 'unknown-field', '/rows/0/more'],
    ['{"kind":"one","__proto__":{}}', 'unknown-field', '/__proto__'],
    ['[]', 'invalid-field', ''],
    ['null', 'invalid-field', ''],
    ['"one"', 'invalid-field', ''],
  ])('%s', (body, code, field) => {
    expect(refusal(() => read(body))).toEqual({ code, status: 422, field });
  });

  test.each(['{', 'no', '{"kind":"one"} x', '\uFEFF{}'])(
    'and is 400 for what is no JSON: %j',
    (body) => {
      expect(refusal(() => read(body))).toMatchObject({ code: 'not-json', status: 400 });
    },
  );
});

test.each([
  `{"kind":"${secret}"}`,
  `{"kind":"one","caseFile":"${secret}"}`,
  `{"kind":"one","rows":[{"a/b~c":["${secret}"]}]}`,
  `{"kind":"one","rows":"${secret}"}`,
  `{"kind": ${secret}`,
])('a refusal never repeats a value: %s', (body) => {
  try {
    read(body);
    expect.unreachable();
  } catch (error) {
    const { message, more } = error as { message: string; more: object };
    expect(`${message} ${JSON.stringify(more)}`).not.toContain('Invented');
  }
});

describe('a page', () => {
  test('has 25 unless it is told otherwise, and 100 at most', () => {
    expect(pageOf({})).toEqual({ limit: 25 });
    expect(pageOf({ limit: '100', cursor: 'abc_-' })).toEqual({ limit: 100, cursor: 'abc_-' });
  });

  test.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '-1' },
    { limit: '1e2' },
    { limit: '' },
    { cursor: '' },
    { cursor: 'a b' },
    { cursor: 'a'.repeat(201) },
  ])('is refused with %j', (query) => {
    expect(refusal(() => pageOf(query))).toMatchObject({
      status: 422,
      field: Object.keys(query)[0],
    });
  });
});

test('the border lags by the age of the newest heartbeat, and is unreachable after a quarter of an hour', () => {
  expect(lagOf(noon, later(1))).toBe(60);
  expect(lagOf(later(1), noon)).toBe(0);
  expect(peerStatus(undefined, noon)).toEqual({ status: 'never-heard' });
  expect(peerStatus({ sentAt: noon }, later(15))).toEqual({ status: 'reachable', since: noon });
  expect(peerStatus({ sentAt: noon }, later(15.1))).toEqual({
    status: 'peer-unreachable',
    since: noon,
  });
});
