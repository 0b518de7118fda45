import { expect, test } from 'vitest';
import type { Scopes } from '../../events/case-file.ts';
import { validScopes } from '../../shared/referral/givers.ts';
import { abroad } from '../support/people.ts';

const scopes: Scopes = {
  ...{ office: abroad, direction: 'kr-vn', scopes: ['share-child-data'] },
  children: [1, 2],
};
const valid = (person: number | undefined, ages: Readonly<Record<number, number>>) =>
  validScopes(
    scopes,
    { givenBy: 'self', children: [1, 2].map((child) => ({ child, givenBy: 'guardian' })) },
    { person, childAt: (child) => ages[child] },
    'both',
  );

test('nothing was allowed by somebody whose age is not known', () => {
  expect(valid(30, { 1: 4, 2: 4 })?.children).toEqual([1, 2]);
  expect(valid(undefined, { 1: 4, 2: 4 })).toBeUndefined();
});

test('nothing of a child is open whose age is not known, or of whom nobody said who consented', () => {
  expect(valid(30, { 2: 4 })?.children).toEqual([2]);
  const ages = { person: 30, childAt: () => 4 };
  expect(validScopes(scopes, { givenBy: 'self' }, ages, 'both')?.children).toEqual([]);
});
