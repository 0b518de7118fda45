import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { dueNext, isForGood } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countsOf } from '../../shared/referral/order.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command } from '../support/given.ts';
import { abroad, contextIn, helpline, home, shelter, third, union } from '../support/people.ts';
import { declined, made } from '../support/steps.ts';

const list = [abroad, union, third, home, shelter, helpline];
const grants = list.map((office) => ({ office }));
const next = (facts: readonly Fact[]) => dueNext(fold(facts), contextIn('kr'));

test('the system goes down the list of a line, five offices at most, one after the other', () => {
  let facts = log(submitted({ lines: [list], grants }));
  let offer = 'kr1-1';
  const asked = [];
  for (const office of list) {
    asked.push(office);
    expect(next(facts)).toBeUndefined();
    facts = onward(facts, declined({ office, offer }));
    const does = next(facts);
    if (does?.do !== 'offer') break;
    const replaces = offer;
    offer = `kr${countsOf(facts).kr + 1}-1`;
    facts = onward(facts, made({ office: does.input.office, offer }, { replaces }));
  }
  expect(asked).toEqual(list.slice(0, 5));
});

test('what cannot be undone waits for both ledgers, and nothing else does', () => {
  const system = { system: 'kr' } as const;
  expect(isForGood(command('confirm-withdrawal', system))).toBe(true);
  for (const name of ['cancel', 'expire', 'lapse-consent'] as const)
    expect(isForGood(command(name, system))).toBe(false);
});
