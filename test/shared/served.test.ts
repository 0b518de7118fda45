import { expect, test } from 'vitest';
import type { Summary } from '../../events/case-file.ts';
import type { Office } from '../../events/envelope.ts';
import { checkServed } from '../../shared/served.ts';
import { refusal } from '../support/given.ts';
import { officeWith } from '../support/offices.ts';
import { noon } from '../support/people.ts';

const near = { coverage: 'areas', areas: ['vn-2025-can-tho'] };
const offices = {
  'vn-near': officeWith('vn-near', { services: ['health', 'other'], ...near }),
  'vn-far': officeWith('vn-far', {
    services: ['health'],
    coverage: 'areas',
    areas: ['vn-2025-hue'],
  }),
  'vn-wide': officeWith('vn-wide', { services: ['housing'], coverage: 'national', areas: [] }),
  'kr-here': officeWith('kr-here', {
    services: ['health'],
    coverage: 'areas',
    areas: ['kr-seoul'],
  }),
};

const checked = (lists: readonly string[][], categories: string[], area?: string) =>
  checkServed(
    { categories, area } as Summary,
    lists.map((of) => ({ offices: of as Office[] })),
    offices,
    noon,
  );

test.each([
  ['its need', [['vn-near']], ['health'], undefined],
  [
    'each line’s need by each office of its list',
    [['vn-near', 'kr-here'], ['vn-wide']],
    ['health', 'housing'],
    undefined,
  ],
  ['her area', [['vn-near']], ['health'], 'vn-2025-can-tho'],
  ['what is a part of its area now', [['vn-near']], ['health'], 'vn-2004-hau-giang'],
  ['the whole country', [['vn-wide']], ['housing'], 'vn-2025-hue'],
  ['her, wherever she is in the other country', [['kr-here']], ['health'], 'vn-2025-hue'],
])('is taken where the office serves %s', (_, lists, categories, area) =>
  expect(checked(lists, categories, area)).toBeUndefined(),
);

test.each<[string, string[][], string[], string | undefined, string, string]>([
  [
    'a need that the office does not offer',
    [['vn-near']],
    ['housing'],
    undefined,
    'not-served',
    '/categories/0',
  ],
  [
    'a need that the second of a list does not offer',
    [['vn-near'], ['vn-near', 'vn-far']],
    ['health', 'other'],
    undefined,
    'not-served',
    '/categories/1',
  ],
  [
    'an area that it does not serve',
    [['vn-near', 'vn-far']],
    ['health'],
    'vn-2025-can-tho',
    'not-served',
    '/area',
  ],
  [
    'an area that does not exist',
    [['vn-near']],
    ['health'],
    'vn-can-tho',
    'invalid-field',
    '/area',
  ],
])('is refused for %s', (_, lists, categories, area, code, field) =>
  expect(refusal(() => checked(lists, categories, area))).toEqual({
    ...{ code, status: 422, field: `/caseFile/summary${field}` },
  }),
);

test('the refusal says what would be right', () => {
  expect(() => checked([['vn-near']], ['housing'])).toThrow('vn-near offers: health, other');
  expect(() => checked([['vn-far']], ['health'], 'vn-2025-can-tho')).toThrow(
    'vn-far serves: vn-2025-hue',
  );
});
