import { describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { OfficeRegistered } from '../../events/office.ts';
import sample from '../../events/samples/office.registered.v1.json' with { type: 'json' };
import suspendedSample from '../../events/samples/office.suspended.v1.json' with { type: 'json' };
import { decideOffice } from '../../shared/office/decide.ts';
import { foldOffice } from '../../shared/office/fold.ts';
import { refusal } from '../support/given.ts';

const registered = OfficeRegistered.parse(sample) as Fact;
const suspended = suspendedSample as unknown as Fact;
const { offices: _, ...entry } = sample.data;
const office = sample.subject;
const register = (change: object = {}) =>
  ({ do: 'register', office, entry: { ...entry, ...change } }) as unknown as Parameters<
    typeof decideOffice
  >[1];
const suspend = { do: 'suspend', office } as const;

describe('register', () => {
  test('makes the entry a fact', () => {
    expect(decideOffice(undefined, register(), 'vn')).toEqual({
      type: 'office.registered.v1',
      data: { offices: [office], ...entry },
    });
  });

  test('a second time makes nothing', () => {
    expect(decideOffice(foldOffice([registered]), register(), 'vn')).toBeUndefined();
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
      refusal(() => decideOffice(foldOffice([registered]), register(change), 'vn')),
    ).toMatchObject({
      code: 'already-done-differently',
      status: 409,
    });
  });
});

describe('suspend', () => {
  test('makes a fact, once', () => {
    expect(decideOffice(foldOffice([registered]), suspend, 'vn')).toMatchObject({
      type: 'office.suspended.v1',
    });
    expect(decideOffice(foldOffice([registered, suspended]), suspend, 'vn')).toBeUndefined();
  });

  test('of an unknown office is refused', () => {
    expect(refusal(() => decideOffice(undefined, suspend, 'vn'))).toMatchObject({ status: 404 });
  });
});

test.each(['kr-osso', 'osso', 'vn-Osso', 'vn-', ''])(
  'an office named %j is not of this country',
  (name) => {
    expect(refusal(() => decideOffice(undefined, { do: 'suspend', office: name }, 'vn'))).toEqual({
      code: 'invalid-field',
      status: 422,
      field: '/office',
    });
  },
);

describe('the fold of an office', () => {
  test('is its entry, active until it is suspended', () => {
    expect(foldOffice([registered])).toMatchObject({ office, active: true, ...entry, folded: 1 });
    expect(foldOffice([suspended, registered])).toMatchObject({ active: false, folded: 2 });
    expect(foldOffice([])).toBeUndefined();
  });

  test('sets aside a second registration: no key is replaced so', () => {
    const again = {
      ...registered,
      seq: 2,
      id: `${office}/vn/2`,
      data: { ...registered.data, keys: [] },
    };
    expect(foldOffice([registered, again])).toMatchObject({ keys: entry.keys, folded: 2 });
  });

  test.each<[string, Partial<Fact>]>([
    [
      'another country',
      { country: 'kr', source: 'urn:referrals:kr', actor: 'kr:operator' as Fact['actor'] },
    ],
    ['an office', { actor: office as Fact['actor'] }],
    ['a system', { actor: 'vn:system' as Fact['actor'] }],
  ])('sets aside what %s wrote', (_, change) => {
    expect(foldOffice([{ ...registered, ...change } as Fact])).toBeUndefined();
    expect(foldOffice([registered, { ...suspended, ...change } as Fact])).toMatchObject({
      active: true,
    });
  });

  test('sets aside what it cannot read', () => {
    const odd = {
      ...registered,
      time: '2026-11-22T00:00:00.000Z' as Instant,
      type: 'office.moved.v1',
      seq: 2,
    };
    expect(foldOffice([registered, odd])).toMatchObject({ active: true, folded: 2 });
  });
});
