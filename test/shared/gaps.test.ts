import { expect, test } from 'vitest';
import offices from '../../shared/data/offices.json' with { type: 'json' };
import categories from '../../shared/data/service-categories.json' with { type: 'json' };

// Copied from "Known gaps" in the README of the data. A gap that closes or opens is to be told to people.
const known = {
  kr: {
    nobody: [
      'child-nationality-residence',
      'child-protection',
      'loan-finance',
      'social-assistance',
      'housing',
      'family-tracing-mediation',
      'return-reception',
      'disability',
    ],
    authorityOnly: [],
  },
  vn: {
    nobody: [
      'residence-status',
      'social-assistance',
      'housing',
      'interpretation-translation',
      'disability',
      'court-papers',
    ],
    authorityOnly: ['trafficking-protection', 'other'],
  },
};

const cases = categories.filter(({ opensCase }) => opensCase).map(({ code }) => code);
const offering = (country: string, category: string) =>
  offices.filter((o) => o.country === country && (o.services as string[]).includes(category));

test.each(['kr', 'vn'] as const)('what no office of %s offers is what is known', (country) => {
  const nobody = cases.filter((category) => offering(country, category).length === 0);
  expect(nobody.toSorted()).toEqual(known[country].nobody.toSorted());
});

test.each(['kr', 'vn'] as const)(
  'what an authority alone offers in %s is what is known',
  (country) => {
    const only = cases.filter((category) => {
      const those = offering(country, category);
      return those.length > 0 && those.every(({ authority }) => authority !== null);
    });
    expect(only.toSorted()).toEqual(known[country].authorityOnly.toSorted());
  },
);
