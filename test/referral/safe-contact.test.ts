import { expect, test } from 'vitest';
import { SafeContact } from '../../events/case-file.ts';
import type { Instant } from '../../events/envelope.ts';
import { isSafe } from '../../shared/referral/safe-contact.ts';

const contact = (more: object = {}) =>
  SafeContact.parse({
    known: true,
    channels: [{ channel: 'messenger' }, { channel: 'phone' }],
    forbidden: ['email'],
    mayLeaveMessage: false,
    ...more,
  });
const monday = (time: string) => `2026-11-23T${time}:00.000Z` as Instant;
const hours = (country: string) => ({
  hours: { country, schedules: [{ byday: 'MO,WE', opens_at: '10:00', closes_at: '12:00' }] },
});

test.each([
  ['messenger', true],
  ['phone', true],
  ['email', false],
  ['in-person', false],
])('%s is safe: %s', (channel, safe) => {
  expect(isSafe(contact(), channel, monday('00:00'))).toBe(safe);
});

test.each([
  ['kr', '00:59', false],
  ['kr', '01:00', true],
  ['kr', '03:00', true],
  ['kr', '03:01', false],
  ['vn', '02:59', false],
  ['vn', '03:00', true],
  ['vn', '05:00', true],
  ['vn', '05:01', false],
])('on the clock of %s at %s UTC it is safe: %s', (country, time, safe) => {
  expect(isSafe(contact(hours(country)), 'phone', monday(time))).toBe(safe);
});

test('not on another day, also where the day there is another than in UTC', () => {
  const tuesday = '2026-11-24T02:00:00.000Z' as Instant;
  expect(isSafe(contact(hours('kr')), 'phone', tuesday)).toBe(false);
  const late = {
    country: 'kr',
    schedules: [{ byday: 'MO', opens_at: '00:00', closes_at: '02:00' }],
  };
  // Sunday evening in UTC is Monday in Korea.
  expect(isSafe(contact({ hours: late }), 'phone', '2026-11-22T15:30:00.000Z' as Instant)).toBe(
    true,
  );
});

test('in any of the hours that she named', () => {
  const [monday_] = hours('kr').hours.schedules;
  const schedules = [{ ...monday_, byday: 'SU' }, monday_];
  const two = contact({ hours: { country: 'kr', schedules } });
  expect(isSafe(two, 'phone', monday('02:00'))).toBe(true);
});

test('nothing is safe where no way is known', () => {
  const none = SafeContact.parse({ known: false, why: 'none-known' });
  expect(isSafe(none, 'phone', monday('02:00'))).toBe(false);
});
