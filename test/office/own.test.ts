import { describe, expect, test } from 'vitest';
import type { By } from '../../events/envelope.ts';
import { decideOwn, type OwnCommand } from '../../shared/office/own.ts';
import { refusal } from '../support/given.ts';
import { entryAfter, inDays, office, registeredEntry } from '../support/offices.ts';
import { later, noon } from '../support/people.ts';

const by = 'invented00000000' as By;
const who = { offices: [office], by };
const state = entryAfter();
const [key] = registeredEntry.keys;
const decide = (command: object, from = state, at = later(1)) =>
  decideOwn(from, command as OwnCommand, { at, by });
const change = (input: object) => ({ do: 'change', input });
const needs = (service: string) => ({ service, documents: ['court-paper'] });

describe('change', () => {
  test('is a fact of what is new, and nothing else', () => {
    const input = { services: ['health'], languages: registeredEntry.languages };
    expect(decide(change(input))).toEqual({
      type: 'office.changed.v1',
      data: { ...who, services: ['health'] },
    });
  });

  test('says which papers a service needs, and the entry keeps it', () => {
    const input = { requiredDocuments: [needs('legal-divorce')] };
    const draft = decide(change(input));
    expect(draft?.data).toEqual({ ...who, ...input });
    expect(entryAfter({ type: 'office.changed.v1', ...draft })).toMatchObject(input);
  });

  test('the same again is nothing, and on another day it confirms the entry', () => {
    expect(decide(change({ services: registeredEntry.services }))).toBeUndefined();
    expect(decide(change({}))).toBeUndefined();
    expect(decide(change({}), state, inDays(1))).toEqual({ type: 'office.changed.v1', data: who });
  });

  test.each<[object, string]>([
    [{ areas: ['vn-2025-can-tho', '92'] }, '/areas/1'],
    [{ areas: ['vn-2004-can-tho'] }, '/areas/0'],
    [{ services: ['magic'] }, '/services/0'],
    [{ requiredDocuments: [needs('health'), needs('magic')] }, '/requiredDocuments/1/service'],
    [{ requiredDocuments: [needs('health'), needs('health')] }, '/requiredDocuments/1/service'],
  ])('%j is refused with its place', (input, field) => {
    expect(refusal(() => decide(change(input)))).toMatchObject({ status: 422, field });
  });

  test.each(['shelter', 'self-support-centre'])(
    'an office of kind %s is refused an address',
    (kind) => {
      const addresses = [{ address_1: 'An invented street 1', city: 'Can Tho', country: 'VN' }];
      expect(refusal(() => decide(change({ addresses }), { ...state, kind }))).toEqual({
        code: 'secret-address',
        status: 422,
        field: '/addresses',
      });
    },
  );
});

describe('set-capacity', () => {
  const set = { do: 'set-capacity', input: { capacity: 'waitlist' } };
  const after = entryAfter({ type: 'office.capacity-set.v1', data: { capacity: 'waitlist' } });

  test('is a fact', () => {
    expect(decide(set)).toEqual({
      type: 'office.capacity-set.v1',
      data: { ...who, capacity: 'waitlist' },
    });
  });

  test('the same again is nothing on that day, and gives it a new date on another', () => {
    expect(decide(set, after)).toBeUndefined();
    expect(decide(set, after, inDays(1))).toBeDefined();
  });
});

describe('rotate-keys', () => {
  const second = { ...key, kid: 'second' };
  const rotate = (input: object) => ({ do: 'rotate-keys', input });
  const add = [{ key: second, proof: 'seen to elsewhere' }];
  const rotated = { added: [second], removed: [], from: inDays(1) };
  const both = entryAfter({ type: 'office.keys-rotated.v1', data: rotated });

  test('an added key counts after a day', () => {
    expect(decide(rotate({ add }), state, noon)).toEqual({
      type: 'office.keys-rotated.v1',
      data: { ...who, ...rotated },
    });
  });

  test('the same again is nothing', () => {
    expect(decide(rotate({ add }), both)).toBeUndefined();
    const gone = entryAfter(
      { type: 'office.keys-rotated.v1', data: rotated },
      { type: 'office.keys-rotated.v1', data: { ...rotated, added: [], removed: [key?.kid] } },
    );
    expect(decide(rotate({ remove: [key?.kid] }), gone, inDays(2))).toBeUndefined();
  });

  test('a key goes at once, while another counts', () => {
    expect(decide(rotate({ remove: [key?.kid] }), both, inDays(1))?.data).toMatchObject({
      added: [],
      removed: [key?.kid],
    });
  });

  test('the last key that counts stays', () => {
    for (const input of [{ remove: [key?.kid] }, { add, remove: [key?.kid] }])
      expect(refusal(() => decide(rotate(input)))).toMatchObject({ code: 'last-key', status: 409 });
    expect(refusal(() => decide(rotate({ remove: [key?.kid] }), both, later(1)))).toMatchObject({
      code: 'last-key',
    });
  });

  test.each<[string, object, string]>([
    ['nothing', {}, '/add'],
    [
      'a kid that stands for another key',
      { add: [{ key: { ...second, kid: key?.kid, x: 'B'.repeat(43) } }] },
      '/add/0/key/kid',
    ],
    ['a kid twice', { add: [...add, ...add] }, '/add'],
    ['an unknown key to remove', { remove: ['nobody'] }, '/remove/0'],
  ])('%s is refused', (_, input, field) => {
    expect(refusal(() => decide(rotate(input)))).toMatchObject({ status: 422, field });
  });

  test('a name that was removed never comes back', () => {
    const data = { added: [], removed: ['second'], from: inDays(2) };
    const gone = entryAfter(
      { type: 'office.keys-rotated.v1', data: rotated },
      { type: 'office.keys-rotated.v1', data },
    );
    expect(refusal(() => decide(rotate({ add }), gone))).toMatchObject({ field: '/add/0/key/kid' });
  });

  test('more than four keys are refused', () => {
    const more = ['a', 'b', 'c'].map((kid) => ({ key: { ...key, kid }, proof: '' }));
    expect(refusal(() => decide(rotate({ add: more }), both))).toMatchObject({
      code: 'limit-reached',
    });
  });
});

test('a suspended office changes nothing', () => {
  const gone = { ...state, active: false };
  expect(refusal(() => decide(change({ services: [] }), gone))).toMatchObject({ status: 403 });
});
