import { expect } from 'vitest';
import { explore, type Found, type Plan } from './convergence-explore.ts';

/** The first carries what was decided unseen, the second what both systems made of it, the third what they made of that. */
const MOST_EXCHANGES = 3;

/** `TIMES` may ask for all of them. */
export const HOURS = 6 * 3_600_000;

const told = (name: string, { wrong: _, ...found }: Found) => {
  // The figures are what a release is judged by.
  console.info(name, JSON.stringify(found));
};

export const converges = (name: string, plan: Plan) => {
  const found = explore(plan);
  told(name, found);
  expect(found.wrong).toEqual([]);
  expect(found.exchanges).toBeLessThanOrEqual(MOST_EXCHANGES);
  return found;
};
