import { describe, expect, test } from 'vitest';
import { takenOver } from '../../shared/referral/referring.ts';
import { log, onward, onwardGrants, submitted } from '../support/facts.ts';
import { given } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, third } from '../support/people.ts';
import { bySupervisor } from '../support/permission.ts';
import { isSetAside, next } from '../support/setting-aside.ts';
import {
  accepted,
  completed,
  declined,
  handedOn,
  progressed,
  referred,
  started,
} from '../support/steps.ts';

const both = { lines: ['l1', 'l2'] };
const begun = onward(
  log(submitted({ lines: [[abroad], [abroad]], grants: onwardGrants })),
  accepted({}, both),
);
const below = { office: third, offer: 'vn2-1' };

test('an offer below follows the last one by the same office for any of its lines', () => {
  const refers = (asked: string[], next: string[]) => {
    const facts = onward(
      begun,
      referred({ to: third, offer: 'vn2-1' }, { lines: asked }),
      declined(below),
    );
    return given(facts).when(
      bySupervisor(abroad, 'refer-onward', { office: third, lines: next }, 'kr1-1'),
    );
  };
  expect(refers(['l1'], ['l1', 'l2'])).toHaveProperty('data.replaces', 'vn2-1');
  expect(refers(['l1', 'l2'], ['l1'])).toHaveProperty('data.replaces', 'vn2-1');
  expect(refers(['l1'], ['l2'])).not.toHaveProperty('data.replaces');
});

test('of a service below that is over, only the lines that it completed are taken over', () => {
  const rows = [
    { line: 'l1', state: 'failed', next: 'none' },
    { line: 'l2', state: 'completed', next: 'none' },
  ];
  const facts = onward(
    begun,
    referred({ to: third, offer: 'vn2-1' }, both),
    ...[accepted(below, both), progressed(below), started(below)],
  );
  const taken = (log: typeof facts) => {
    const { referral, offer } = honest(log);
    return takenOver(referral, offer());
  };
  expect(taken(facts)).toEqual(['l1', 'l2']);
  expect(taken(onward(facts, completed(below, { lines: rows })))).toEqual(['l2']);
});

describe('a system hands lines on only whole', () => {
  const asked = onward(begun, referred({ to: third, offer: 'vn2-1' }, both));
  const all = onward(asked, accepted(below, both));
  const some = onward(
    asked,
    accepted(below, { left: [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }] }),
  );
  const hands = (state: string) =>
    handedOn(
      {},
      {
        lines: [
          { line: 'l1', state: 'completed', next: 'none' },
          { line: 'l2', state, next: 'none' },
        ],
      },
    );
  test.each([
    ['what the office below took', all, 'completed', false],
    ['what it did not take beside what it took', some, 'completed', true],
    ['what failed beside what it took', all, 'failed', true],
  ])('%s', (_, facts, state, aside) => {
    expect(isSetAside(facts, next(facts, hands(state), { country: 'vn' }))).toBe(aside);
  });
});
