import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { OfficeRegistered } from '../../events/office.ts';
import sample from '../../events/samples/office.registered.v1.json' with { type: 'json' };
import suspendedSample from '../../events/samples/office.suspended.v1.json' with { type: 'json' };
import seeds from '../../shared/data/offices.json' with { type: 'json' };
import { decideOffice } from '../../shared/office/decide.ts';
import { foldOffice } from '../../shared/office/fold.ts';
import { refusal } from '../support/given.ts';
import { noon } from '../support/people.ts';

const registered = OfficeRegistered.parse(sample) as Fact;
const suspended = suspendedSample as unknown as Fact;
const { offices: _, ...entry } = sample.data;
const office = sample.subject;
const here = { country: 'vn', at: noon } as const;
const register = (change: object = {}) =>
  ({ do: 'register', office, entry: { ...entry, ...change } }) as unknown as Parameters<
    typeof decideOffice
  >[1];
const suspend = { do: 'suspend', office } as const;

describe('register', () => {
  test('makes the entry a fact', () => {
    expect(decideOffice(undefined, register(), here)).toEqual({
      type: 'office.registered.v1',
      data: { offices: [office], ...entry },
    });
  });

  test('a second time makes nothing', () => {
    expect(decideOffice(foldOffice([registered]), register(), here)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['name', { name: { en: 'Another' } }],
    ['kind', { kind: 'womens-union' }],
    ['coverage', { coverage: 'national' }],
    ['areas', { areas: [] }],
    ['services', { services: ['health'] }],
    ['languages', { languages: ['ko'] }],
    ['authority', { authority: 'government' }],
    ['takesReferrals', { takesReferrals: false }],
    ['keys', { keys: [{ ...entry.keys[0], kid: 'another' }] }],
  ])('with another %s is no repeat', (_, change) => {
    expect(
      refusal(() => decideOffice(foldOffice([registered]), register(change), here)),
    ).toMatchObject({
      code: 'already-done-differently',
      status: 409,
    });
  });
});

describe('what an office is registered with', () => {
  test.each<[string, object, string]>([
    ['a kind that is no code', { kind: 'another' }, '/entry/kind'],
    ['a service that is no code', { services: ['health', 'magic'] }, '/entry/services/1'],
    ['a bare code for an area', { areas: ['vn-92'] }, '/entry/areas/0'],
    ['a unit that is no more', { areas: ['vn-2004-hau-giang'] }, '/entry/areas/0'],
  ])('%s is refused with its place', (_, change, field) => {
    expect(refusal(() => decideOffice(undefined, register(change), here))).toMatchObject({
      status: 422,
      field,
    });
  });

  const addresses = [{ address_1: 'An invented street 1', city: 'Can Tho', country: 'VN' }];

  test.each(['shelter', 'self-support-centre'])('the kind %s is refused an address', (kind) => {
    expect(
      refusal(() => decideOffice(undefined, register({ kind, addresses }), here)),
    ).toMatchObject({ code: 'secret-address', field: '/entry/addresses' });
    expect(decideOffice(undefined, register({ kind, addresses: [] }), here)).toBeDefined();
  });

  test('any other kind may have one', () => {
    expect(decideOffice(undefined, register({ addresses }), here)?.data).toMatchObject({
      addresses,
    });
  });

  test('no part of the seed directory has an address, a place on a map or a person', () => {
    for (const seed of seeds)
      expect(
        Object.keys(seed).filter((part) => /address|street|lat|lon|person|contact/.test(part)),
      ).toEqual([]);
  });
});

describe('suspend', () => {
  test('makes a fact, once', () => {
    expect(decideOffice(foldOffice([registered]), suspend, here)).toMatchObject({
      type: 'office.suspended.v1',
    });
    expect(decideOffice(foldOffice([registered, suspended]), suspend, here)).toBeUndefined();
  });

  test('of an unknown office is refused', () => {
    expect(refusal(() => decideOffice(undefined, suspend, here))).toMatchObject({ status: 404 });
  });
});

test.each(['kr-osso', 'osso', 'vn-Osso', 'vn-', ''])(
  'an office named %j is not of this country',
  (name) => {
    expect(refusal(() => decideOffice(undefined, { do: 'suspend', office: name }, here))).toEqual({
      code: 'invalid-field',
      status: 422,
      field: '/office',
    });
  },
);
