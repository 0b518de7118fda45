import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain, rankOf } from '../../shared/search.ts';
import { holds } from '../support/seed.ts';

test.each([
  ['Hậu Giang', 'hau giang'],
  ['HẬU GIANG', 'Hậu Giang'.normalize('NFD')],
  ['Đồng Nai', 'dong nai'],
  ['Thanh Hóa', 'Thanh Hoá'],
  ['Thừa Thiên - Huế', 'thua thien hue'],
  ['TP.HCM', 'tp hcm'],
  ['서울특별시', '서울특별시'.normalize('NFD')],
  ['Gyeonggi-do', 'gyeonggi do'],
])('%s and %s are one name', (a, b) => {
  expect(plain(a)).toBe(plain(b));
});

test.each([
  ['Hà Nam', 'Hà Nội'],
  ['서울', '부산'],
  ['강원', '강릉'],
])('%s and %s are two', (a, b) => {
  expect(plain(a)).not.toBe(plain(b));
});

test('a name answers exactly, at its beginning, somewhere, or not', () => {
  const names = ['Cần Thơ', '껀터'];
  expect(['can tho', 'CAN', 'thơ', '껀', 'hue'].map((q) => rankOf(q, names))).toEqual([
    0,
    1,
    2,
    1,
    undefined,
  ]);
});

test('no form of Unicode and no case makes a difference', () =>
  holds(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plain(text.normalize('NFD'))).toBe(plain(text.normalize('NFC')));
      expect(plain(plain(text))).toBe(plain(text));
    }),
    10_000,
  ));
