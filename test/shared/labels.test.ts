import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Capacity } from '../../events/office-entry.ts';
import reasons from '../../shared/data/reasons.json' with { type: 'json' };
import terms from '../../shared/data/terms.json' with { type: 'json' };
import { labelled, lists } from '../../shared/labels.ts';
import { inLanguage, languageOf } from '../../shared/language.ts';

const rows = Object.entries(lists).flatMap(([list, of]) =>
  of.map((row): [string, string] => [list, row.code]),
);

test('every list of codes has its labels here', () => {
  const files = readdirSync(new URL('../../shared/data/', import.meta.url));
  const others = ['holidays', 'kr-divisions', 'offices', 'report', 'vn-provinces', 'README'];
  const parts = { reasons: reasons.map((r) => r.list), terms: terms.map((t) => t.group) };
  const wanted = files
    .map((file) => file.replace(/\.\w+$/, ''))
    .filter((name) => !others.includes(name))
    .flatMap((name) => parts[name as keyof typeof parts] ?? (name === 'directory' ? [] : [name]));
  expect(Object.keys(lists)).toEqual(expect.arrayContaining([...new Set(wanted)]));
});

test('every code is once in its list, with a label in all three languages', () => {
  expect(new Set(rows.map((row) => row.join())).size).toBe(rows.length);
  for (const [list, code] of rows)
    for (const language of ['en', 'ko', 'vi'] as const) {
      const { label } = labelled(list, code, language);
      expect([list, code, label]).toEqual([list, code, expect.stringMatching(/\S/)]);
      expect(label).not.toBe(code);
      expect(label).toBe(label?.normalize('NFC'));
    }
});

test('every capacity has a label', () => {
  expect(lists.capacity?.map(({ code }) => code)).toEqual(
    expect.arrayContaining([...Capacity.options, 'unknown']),
  );
});

test('a missing label is the English one, and a code from a newer version has none', () => {
  expect(inLanguage({ en: 'Invented', ko: null }, 'ko')).toBe('Invented');
  expect(inLanguage({ en: 'Invented' }, 'vi')).toBe('Invented');
  expect(labelled('urgencies', 'invented', 'en')).toEqual({ code: 'invented' });
});

describe('Accept-Language', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['vi', 'vi'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['fr, ko;q=0.5, vi;q=0.7', 'vi'],
    ['KO-kr', 'ko'],
    ['en;q=0.1, ko ; q=0.2', 'ko'],
    ['vi;q=0, ko;q=0.1', 'ko'],
    ['fr', 'en'],
    ['*', 'en'],
    [';;,,q=', 'en'],
  ])('%j asks for %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
