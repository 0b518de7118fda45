import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { foldOffice } from '../../shared/office/fold.ts';
import { entryAfter, inDays, office, officeLog, registeredEntry } from '../support/offices.ts';
import { later, noon } from '../support/people.ts';

const [key] = registeredEntry.keys;
const suspended = { type: 'office.suspended.v1', actor: 'vn:operator' };
const changed = (data: object, more: object = {}) => ({ type: 'office.changed.v1', data, ...more });

test('is the registered entry, active until it is suspended', () => {
  expect(entryAfter()).toMatchObject({ ...registeredEntry, office, active: true, folded: 1 });
  expect(entryAfter(suspended)).toMatchObject({ active: false, folded: 2 });
  expect(foldOffice([])).toBeUndefined();
  expect(foldOffice(officeLog(suspended).toReversed())).toMatchObject({ active: false });
});

test('takes what the office changes, and when', () => {
  const at = later(10);
  expect(entryAfter(changed({ services: ['health'] }, { at }))).toMatchObject({
    services: ['health'],
    languages: registeredEntry.languages,
    assured: at,
  });
  expect(entryAfter(changed({}, { at })).assured).toBe(at);
});

test('takes its capacity with the date', () => {
  const set = { type: 'office.capacity-set.v1', data: { capacity: 'waitlist' }, at: later(1) };
  expect(entryAfter(set)).toMatchObject({
    capacity: { status: 'waitlist', updated: later(1) },
    assured: noon,
  });
});

test('lets a removed key go at once, and an added one count from its date', () => {
  const added = [{ ...key, kid: 'second' }];
  const data = { added, removed: [key?.kid], from: inDays(1) };
  expect(entryAfter().keys).toEqual([{ ...key, from: noon }]);
  expect(entryAfter({ type: 'office.keys-rotated.v1', data })).toMatchObject({
    keys: [{ ...added[0], from: inDays(1) }],
    retired: [key?.kid],
  });
});

describe('sets aside', () => {
  test('a second registration: no key is replaced so', () => {
    const again = {
      type: 'office.registered.v1',
      actor: 'vn:operator',
      data: { ...registeredEntry, keys: [{ ...key, kid: 'another' }] },
    };
    expect(entryAfter(again)).toMatchObject({ keys: [key], folded: 2 });
  });

  test.each<[string, object]>([
    ['the other country', { country: 'kr', actor: 'kr:operator' }],
    ['an office', { actor: office }],
    ['a system', { actor: 'vn:system' }],
  ])('what %s wrote of a suspension or a registration', (_, change) => {
    expect(entryAfter({ ...suspended, ...change })).toMatchObject({ active: true });
    const [first] = officeLog();
    expect(foldOffice([{ ...first, ...change } as Fact])).toBeUndefined();
  });

  test.each<[string, object]>([
    ['another office', { actor: 'vn-invented-office' }],
    ['an operator', { actor: 'vn:operator' }],
    ['the other country', { country: 'kr' }],
  ])('a change that %s wrote', (_, change) => {
    expect(entryAfter({ ...changed({ takesReferrals: false }), ...change })).toMatchObject({
      takesReferrals: true,
    });
  });

  test('what it cannot read', () => {
    expect(entryAfter({ type: 'office.moved.v1' })).toMatchObject({ active: true, folded: 2 });
  });

  test('what an office may not change of itself, whatever the fact brings', () => {
    const data = { active: false, authority: 'police', kind: 'shelter', keys: [], office: 'vn-x' };
    const { assured: _, folded: __, ...before } = entryAfter();
    expect(entryAfter(changed(data))).toMatchObject(before);
    expect(entryAfter(changed(data)).authority).toBeUndefined();
  });
});

test('shows no address of a shelter, even if a fact brings one', () => {
  const [first] = officeLog();
  const addresses = [{ address_1: 'An invented street 1', city: 'Can Tho', country: 'VN' }];
  const shelter = { ...first, data: { ...first?.data, kind: 'shelter', addresses } } as Fact;
  const [, change] = officeLog(changed({ addresses }));
  expect(foldOffice([shelter, change as Fact])).not.toHaveProperty('addresses');
  expect(entryAfter(changed({ addresses }))).toMatchObject({ addresses });
});
