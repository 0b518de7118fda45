import { describe, expect, test } from 'vitest';
import type { Country, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { type Access, accessOf } from '../../shared/referral/gate.ts';
import { letterOf, refusals, tables } from '../support/gate-tables.ts';
import {
  abroad,
  contextIn,
  home,
  later,
  sender,
  shelter,
  stranger,
  third,
  union,
  worker,
} from '../support/people.ts';
import { situations } from '../support/situations.ts';

const statuses: Record<string, number> = { 0: 404, x: 403, u: 409 };

/** What an office reads is of its own line alone: union's is l2, all others' l1. */
const checkLines = ({ as, stage, lines, served }: Access, office: Office) => {
  const own = office === union ? ['l2'] : ['l1'];
  expect(lines).toEqual(as === 'sender' ? ['l1', 'l2'] : own);
  expect(served).toEqual(stage === 2 ? lines : []);
};

const given = (facts: Parameters<typeof fold>[0], caller: Worker, gate: Country): string => {
  const access = accessOf(fold(facts), caller, contextIn(gate, later(120)));
  if (access instanceof Refused) {
    const letter = refusals[access.code] ?? access.code;
    expect(access.status).toBe(statuses[letter]);
    return letter;
  }
  checkLines(access, caller.office);
  return letterOf(access);
};

describe.each([
  ['an office abroad', abroad, 'vn', tables.abroad],
  ['an office of the sender’s country', home, 'kr', tables.home],
] as const)('what the gates give when %s was asked', (_, office, country, rows) => {
  const all = situations(office, country);
  test('every situation has its row', () =>
    expect(rows.map(([name]) => name)).toEqual(Object.keys(all)));

  test.each(rows)('%s', (name, ...cells) => {
    const offices = [office, sender, union, third, shelter, stranger];
    for (const role of ['worker', 'supervisor'] as const) {
      const found = offices.map((one) =>
        (['kr', 'vn'] as const)
          .map((gate) => given(all[name as string] ?? [], worker(one, role), gate))
          .join(''),
      );
      expect(found).toEqual(cells);
    }
  });
});
