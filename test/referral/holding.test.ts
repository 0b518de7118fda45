import { expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { abroad, later, noon, worker } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import { accepted, held, progressed, resumed, started } from '../support/steps.ts';

const serving = onward(log(submitted()), accepted(), progressed(), started());
const DAY = 24 * 60;
const holds = (review: Instant | undefined, facts: readonly Fact[] = serving) => {
  const input = { reason: 'awaiting-document', ...(review && { review }) };
  return [
    bySupervisor(abroad, 'hold', input, 'kr1-1'),
    command('hold', worker(abroad), input, 'kr1-1'),
  ].map((does) => said(() => given(facts, noon).when(does)));
};

test('somebody looks at a hold again ahead of now, within thirty days', () => {
  const allowed = ['allowed', 'allowed'];
  const refused = '422 invalid-field: Say when somebody looks again, within 30 days (/review)';
  expect(holds(later(1))).toEqual(allowed);
  expect(holds(later(30 * DAY))).toEqual(allowed);
  for (const review of [undefined, later(-1), noon, later(30 * DAY + 0.001)])
    expect(holds(review)).toEqual([refused, refused]);
});

test('a third hold is a supervisor’s decision', () => {
  const twice = onward(serving, held(), resumed(), held(), resumed());
  expect(holds(later(DAY), twice)).toEqual([
    'allowed',
    '403 not-yours-to-do: A third hold is a supervisor’s decision',
  ]);
  expect(holds(later(DAY), twice.slice(0, -2))).toEqual(['allowed', 'allowed']);
});
