import { describe, expect, test } from 'vitest';
import { areaOf, findAreas, namedArea, shownArea } from '../../shared/areas.ts';
import korean from '../../shared/data/kr-divisions.json' with { type: 'json' };
import vietnamese from '../../shared/data/vn-provinces.json' with { type: 'json' };
import { plain } from '../../shared/search.ts';

const today = '2026-11-23';
const shown = (q: string, language: 'en' | 'ko' | 'vi' = 'vi') =>
  findAreas(q, today).map((found) => shownArea(found, language));
const scheme = (name: string) => vietnamese.areas.filter((area) => area.scheme === name);

describe('Vietnamese units', () => {
  test('are 34 today and 63 before, each of which leads to one of today', () => {
    expect([scheme('2025').length, scheme('2004').length]).toEqual([34, 63]);
    const ids = new Set(scheme('2025').map(({ id }) => id));
    for (const { id } of scheme('2004')) expect(ids).toContain(areaOf(id, today)?.area.id);
    for (const id of ids) expect(areaOf(id, today)).toMatchObject({ area: { id } });
  });

  test.each([
    'Hậu Giang',
    'hau giang',
    'HẬU GIANG',
    'Hậu Giang'.normalize('NFD'),
    'tỉnh hậu giang',
  ])('%s is a part of Cần Thơ now, and has to be confirmed', (q) => {
    expect(shown(q)).toEqual([
      expect.objectContaining({
        id: 'vn-2025-can-tho',
        label: 'Cần Thơ (Hậu Giang)',
        confirm: true,
        former: { id: 'vn-2004-hau-giang', label: 'Hậu Giang' },
      }),
    ]);
  });

  test('52 of the former need a confirm or are shown under the old name, those that stayed do not', () => {
    const renamed = scheme('2004').filter(({ id }) => areaOf(id, today)?.former);
    const merged = scheme('2004').filter(
      (area) =>
        plain(area.vi) !== plain(scheme('2025').find((s) => s.id === area.successor)?.vi ?? ''),
    );
    expect(renamed).toEqual(merged);
    expect(areaOf('vn-2004-ha-noi', today)).not.toHaveProperty('former');
    expect(shown('Hà Nội').map(({ id }) => id)).toEqual(['vn-2025-ha-noi']);
  });

  test('a unit that gave its name to a larger one is one answer', () => {
    expect(shown('Cần Thơ').filter(({ confirm }) => !confirm)).toHaveLength(1);
  });

  test.each([
    'Đồng Nai',
    'Tỉnh Đồng Nai',
    'tinh dong nai',
    'Thành phố Đồng Nai',
    'Ðồng Nai', // U+00D0, as older keyboards write it
  ])('%s kept its name when it became a city: it is one answer, and names it', (q) => {
    expect(shown(q).map(({ id, confirm }) => [id, confirm])).toEqual([
      ['vn-2025-dong-nai', undefined],
    ]);
    expect(namedArea(q, today)).toMatchObject({ area: { id: 'vn-2025-dong-nai' } });
  });

  test('the full name of every row leads to its unit of today', () => {
    const missing = vietnamese.areas.filter(
      ({ id, viFull }) => namedArea(viFull, today)?.area !== areaOf(id, today)?.area,
    );
    expect(missing).toEqual([]);
  });

  test.each([
    ['Sài Gòn', 'vn-2025-ho-chi-minh'],
    ['tp hcm', 'vn-2025-ho-chi-minh'],
    ['Thanh Hoá', 'vn-2025-thanh-hoa'],
    ['Thành phố Cần Thơ', 'vn-2025-can-tho'],
    ['껀터', 'vn-2025-can-tho'],
    ['Hanoi', 'vn-2025-ha-noi'],
  ])('%s is found', (q, id) => {
    expect(shown(q)[0]).toMatchObject({ id });
  });

  test.each(['2004', '2025'])('no two names of %s are alike without marks and spaces', (name) => {
    expect(new Set(scheme(name).map(({ vi }) => plain(vi))).size).toBe(scheme(name).length);
  });
});

describe('Korean divisions', () => {
  test.each(['광주', '광주광역시', 'Gwangju', 'gwangju'])(
    '%s is a part of the merged city',
    (q) => {
      expect(shown(q, 'ko')).toContainEqual(
        expect.objectContaining({
          id: 'kr-jeonnam-gwangju',
          label: '전남광주통합특별시 (광주광역시)',
          confirm: true,
        }),
      );
    },
  );

  test.each([
    ['강원도', 'kr-gangwon'],
    ['서울', 'kr-seoul'],
    ['Jeolla Bắc', 'kr-jeonbuk'],
    ['Seoul', 'kr-seoul'],
  ])('%s is found under its older or shorter name, and is the same unit', (q, id) => {
    expect(shown(q)[0]).toMatchObject({ id });
    expect(shown(q)[0]).not.toHaveProperty('confirm');
  });

  test('are answered by their own row until their last day', () => {
    expect(areaOf('kr-gwangju', '2026-06-30')).toMatchObject({ area: { id: 'kr-gwangju' } });
    expect(areaOf('kr-gwangju', '2026-07-01')).toMatchObject({
      area: { id: 'kr-jeonnam-gwangju' },
      former: { id: 'kr-gwangju' },
    });
  });
});

test('without a question all of today’s units are given, once', () => {
  const ids = findAreas(undefined, today).map(({ area }) => area.id);
  const current = korean.areas.filter(({ validTo }) => validTo === null);
  expect(ids).toHaveLength(34 + current.length);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(['15', '24', '50', 'VN-43', 'KR-50', '91', 'nowhere', '', '…'])(
  '%j names no area: a bare code means one thing here and another there',
  (text) => {
    expect(namedArea(text, today)).toBeUndefined();
  },
);

test('a name that only one unit has names it', () => {
  expect(namedArea('hau giang', today)).toMatchObject({ former: { id: 'vn-2004-hau-giang' } });
  expect(namedArea('vn-2004-hau-giang', today)).toEqual(namedArea('Hậu Giang', today));
});

test('a name that is missing in a language is shown in English', () => {
  const found = areaOf('kr-jeonnam-gwangju', today);
  expect(found && shownArea(found, 'vi').label).toBe('Jeonnam-Gwangju Special City');
});

test('every name is stored composed', () => {
  for (const data of [korean, vietnamese])
    expect(JSON.stringify(data)).toBe(JSON.stringify(data).normalize('NFC'));
});
