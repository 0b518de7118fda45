import { expect } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countsOf, peerOf } from '../../shared/referral/order.ts';
import { placed, type Step } from './facts.ts';

/** Where a fact stands; it had seen all of the other country's if nothing else is said. */
export type Slot = { readonly country?: Country; readonly seen?: number };

/** A step in the next slot of a country, valid by its contract or not. */
export const next = (before: readonly Fact[], step: Step, { country = 'kr', seen }: Slot = {}) => {
  const counts = countsOf(before);
  return placed(step, country, counts[country] + 1, seen ?? counts[peerOf(country)]);
};

/** Whether the fact is set aside, and changes nothing else. */
export const isSetAside = (before: readonly Fact[], fact: Fact): boolean => {
  const { referral, setAside } = fold([...before, fact]);
  const untouched = JSON.stringify(referral) === JSON.stringify(fold(before).referral);
  expect(setAside.includes(fact.id)).toBe(untouched);
  return untouched;
};

/** The same step by somebody else, with other content, without some of it. */
export const by = (actor: string, step: Step): Step => ({ ...step, actor });
export const withData = (step: Step, data: object): Step => ({
  ...step,
  data: { ...step.data, ...data },
});
export const without = (step: Step, ...names: string[]): Step => ({
  ...step,
  data: Object.fromEntries(Object.entries(step.data).filter(([name]) => !names.includes(name))),
});
