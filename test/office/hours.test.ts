import { expect, test } from 'vitest';
import type { Instant, Office } from '../../events/envelope.ts';
import { hoursAt } from '../../shared/office/hours.ts';

const vn = 'vn-invented-desk' as Office;
const kr = 'kr-invented-desk' as Office;
const weekdays = [{ byday: 'MO,TU,WE,TH,FR', opens_at: '08:00', closes_at: '17:00' }];
const always = [{ byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' }];

test.each<[string, Office, typeof weekdays, string]>([
  ['2026-11-30T02:00:00.000Z', vn, weekdays, 'open'], // Monday 09:00 in Hanoi
  ['2026-11-30T00:59:59.000Z', vn, weekdays, 'closed'], // 07:59
  ['2026-11-30T01:00:00.000Z', vn, weekdays, 'open'],
  ['2026-11-30T10:01:00.000Z', vn, weekdays, 'closed'], // 17:01
  ['2026-11-29T23:30:00.000Z', kr, weekdays, 'open'], // Monday 08:30 in Seoul, still Sunday in UTC
  ['2026-12-05T02:00:00.000Z', kr, weekdays, 'closed'], // Saturday
  ['2026-12-25T02:00:00.000Z', kr, weekdays, 'hours-unknown'], // a day off there
  ['2026-12-25T02:00:00.000Z', vn, weekdays, 'open'], // and none here
  ['2026-12-25T14:59:59.000Z', kr, always, 'open'],
  ['2026-11-30T02:00:00.000Z', vn, [], 'hours-unknown'],
])('at %s, %s with hours %j is %s', (at, office, schedules, answer) => {
  expect(hoursAt({ office, schedules }, at as Instant)).toBe(answer);
});
