import { describe, expect, test } from 'vitest';
import { areaOf } from '../../shared/areas.ts';
import { propose, type Search, whyNothing } from '../../shared/routing.ts';
import { inDays, officeWith } from '../support/offices.ts';
import { noon } from '../support/people.ts';

const canTho = areaOf('vn-2025-can-tho', '2026-11-23')?.area;
const search: Search = { area: canTho, category: 'health', caller: 'kr-invented-centre', at: noon };
const services = ['health'];
const directoryOf = (changes: Record<string, Parameters<typeof officeWith>[1]>) =>
  Object.fromEntries(
    Object.entries(changes).map(([id, change]) => [id, officeWith(id, { services, ...change })]),
  );
const order = (changes: Parameters<typeof directoryOf>[0], more: Partial<Search> = {}) =>
  propose(directoryOf(changes), { ...search, ...more }).map(({ entry }) => entry.office);
const room = (status: string, updated = noon) => ({ capacity: { status, updated } });
const always = [{ byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' }];

describe('offices are proposed', () => {
  test('that serve both area and category, and no others', () => {
    expect(
      order({
        'vn-both': {},
        'vn-elsewhere': { areas: ['vn-2025-hue'] },
        'vn-other-service': { services: ['employment'] },
        'kr-national': { coverage: 'national', areas: [] },
        'vn-national': { coverage: 'national', areas: [] },
        'vn-suspended': { active: false },
        'vn-takes-none': { takesReferrals: false },
        'vn-police': { authority: 'police' },
        'vn-immigration': { authority: 'immigration' },
        'kr-invented-centre': {},
      }),
    ).toEqual(['vn-both', 'vn-national']);
  });

  test('whatever unit an old entry names', () => {
    expect(order({ 'vn-old': { areas: ['vn-2004-hau-giang'] } })).toEqual(['vn-old']);
  });

  test.each<[string, Parameters<typeof officeWith>[1], Parameters<typeof officeWith>[1]]>([
    ['in the area before national', {}, { coverage: 'national', areas: [] }],
    [
      'national with room before full in the area',
      { coverage: 'national', areas: [] },
      room('no-capacity'),
    ],
    ['with room before unknown', room('capacity'), {}],
    ['unknown before a waiting list', {}, room('waitlist')],
    [
      'to be assessed before a waiting list',
      room('additional-assessment-required'),
      room('waitlist'),
    ],
    ['her language before unknown languages', { languages: ['ko'] }, { languages: [] }],
    ['unknown languages before others', { languages: [] }, { languages: ['vi'] }],
    ['open before unknown hours', { schedules: always }, { schedules: [] }],
    ['confirmed before not', {}, { assured: inDays(-91) }],
    [
      'area before language',
      { languages: ['vi'] },
      { languages: ['ko'], coverage: 'national', areas: [] },
    ],
  ])('best first: %s', (_, better, worse) => {
    const ko = { language: 'ko' };
    expect(order({ 'vn-a': worse, 'vn-b': better }, ko)).toEqual(['vn-b', 'vn-a']);
    expect(order({ 'vn-a': better, 'vn-b': worse }, ko)).toEqual(['vn-a', 'vn-b']);
  });

  test('by name where nothing else tells them apart', () => {
    expect(order({ 'vn-b': {}, 'vn-a': {} })).toEqual(['vn-a', 'vn-b']);
  });

  test('with reasons', () => {
    const reasonsOf = (change: object, more: Partial<Search> = {}) =>
      propose(directoryOf({ 'vn-a': change }), { ...search, ...more })[0]?.reasons;
    expect(reasonsOf({ ...room('capacity'), schedules: always }, { language: 'vi' })).toEqual([
      'area-exact',
      'capacity',
      'language-spoken',
      'open',
    ]);
    expect(reasonsOf({ coverage: 'each-area', areas: [], assured: inDays(-91) })).toEqual([
      'area-national',
      'capacity-unknown',
      'hours-unknown',
      'not-confirmed',
    ]);
    expect(reasonsOf({}, { area: undefined, language: 'ko' })).toEqual([
      'capacity-unknown',
      'language-not-listed',
      'hours-unknown',
    ]);
  });

  test('a capacity older than 14 days is unknown', () => {
    const reasonsAfter = (days: number) =>
      propose(directoryOf({ 'vn-a': room('capacity', inDays(-days)) }), search)[0]?.reasons[1];
    expect([reasonsAfter(14), reasonsAfter(15)]).toEqual(['capacity', 'capacity-unknown']);
  });
});

test.each<[string, Parameters<typeof directoryOf>[0], Partial<Search>]>([
  ['nobody-offers-this', { 'vn-a': { services: ['employment'] } }, {}],
  ['nobody-offers-this', { 'kr-a': { coverage: 'national', areas: [] } }, {}],
  ['nobody-offers-this', {}, { area: undefined }],
  ['not-in-this-area', { 'vn-a': { areas: ['vn-2025-hue'] } }, {}],
  ['not-in-this-area', {}, { category: undefined }],
  [
    'elsewhere-only',
    { 'vn-a': { areas: ['vn-2025-hue'] }, 'vn-b': { services: ['employment'] } },
    {},
  ],
])('nothing found is explained: %s', (code, directory, more) => {
  expect(order(directory, more)).toEqual([]);
  expect(whyNothing(directoryOf(directory), { ...search, ...more })).toBe(code);
});
