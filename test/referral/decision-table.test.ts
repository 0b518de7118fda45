import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import type { Caller, Command } from '../../shared/referral/command.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { rules } from '../../shared/referral/rules.ts';
import { sample } from '../support/commands.ts';
import { given } from '../support/given.ts';
import { abroad, helpline, home, sender, stranger, union, worker } from '../support/people.ts';
import { situations } from '../support/situations.ts';

// Y takes effect · = took effect before, nothing new · d already-done-differently · n not-allowed-now (409) · p not-yours-to-do (403)
// 0 not-found (404) · c no-consent · u newer-fact-here · S as Y for a supervisor, as p for a worker · - any refusal
const letters: Record<string, string> = {
  'already-done-differently': 'd',
  'not-allowed-now': 'n',
  'not-yours-to-do': 'p',
  'not-found': '0',
  'no-consent': 'c',
  'newer-fact-here': 'u',
};
const statuses: Record<string, number> = { p: 403, 0: 404 };

// Columns: acknowledge accept decline withdraw offer start-service report-progress close close-failed cancel submit
const receiver = `
  none         0 0 0 0 0 0 0 0 0 0 Y
  requested    Y Y Y p p n n n n p d
  received     = Y Y p p n n n n p d
  accepted     n = n p p n Y n Y p d
  contacted    n = n p p Y Y n Y p d
  in-progress  n = n p p = Y Y Y p d
  completed    n = n p p = n d d p d
  failed       n = n p p n n d d p d
  rejected     n n d p p n n n n p d
  for-a-human  n n d p p n n n n p d
  cancelled    n n n p p n n n n p d
  elsewhere    n n Y p p n n n n p d
  newer        Y u Y p p n n n n p d
  newer-later  n = n p p u Y n Y p d
  unconsented  Y c Y p p n n n n p d
  asked        n n Y p p n n n n p d
  asked-later  = n Y p p n n n n p d
  crossed      n = n p p Y Y n Y p d`;
const referrer = `
  none         0 0 0 0 0 0 0 0 0 0 Y
  requested    p p p Y n p p p p p d
  received     p p p Y n p p p p p d
  accepted     p p p n n p p p p p d
  contacted    p p p n n p p p p p d
  in-progress  p p p n n p p p p p d
  completed    p p p n n p p p p p d
  failed       p p p n n p p p p p d
  rejected     p p p n Y p p p p p d
  for-a-human  p p p n S p p p p p d
  cancelled    p p p d n p p p p p d
  elsewhere    p p p Y n p p p p p d
  newer        p p p Y u p p p p p d
  newer-later  p p p n u p p p p p d
  unconsented  p p p Y n p p p p p d
  asked        p p p d n p p p p p d
  asked-later  p p p d n p p p p p d
  crossed      p p p d n p p p p p d`;
// The system of the country that owns the thing: of the office asked for `cancel`, of the origin for `offer`.
const owner = `
  none         0 0 0 0 0 0 0 0 0 0 p
  requested    p p p p n p p p p n p
  received     p p p p n p p p p n p
  accepted     p p p p n p p p p n p
  contacted    p p p p n p p p p n p
  in-progress  p p p p n p p p p n p
  completed    p p p p n p p p p n p
  failed       p p p p n p p p p n p
  rejected     p p p p Y p p p p n p
  for-a-human  p p p p n p p p p n p
  cancelled    p p p p n p p p p = p
  elsewhere    p p p p n p p p p Y p
  newer        p p p p u p p p p n p
  newer-later  p p p p u p p p p n p
  unconsented  p p p p n p p p p n p
  asked        p p p p n p p p p Y p
  asked-later  p p p p n p p p p Y p
  crossed      p p p p n p p p p n p`;

const rows = (grid: string) =>
  new Map(
    grid
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([situation = '', ...cells]) => [situation, cells.join(' ')]),
  );

const cell = (facts: readonly Fact[], command: Command): string => {
  try {
    return given(facts).when(command) ? 'Y' : '=';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const letter = letters[error.code] ?? error.code;
    return (statuses[letter] ?? 409) === error.status ? letter : `${letter}${error.status}`;
  }
};

const row = (facts: readonly Fact[], callerOf: (name: string) => Caller, next: Office) => {
  const names = Object.keys(sample({ system: 'kr' }, next));
  return names.map((name) => cell(facts, sample(callerOf(name), next)[name] as Command)).join(' ');
};

const filled = (cells: string, role: 'worker' | 'supervisor') =>
  cells.replaceAll('S', role === 'supervisor' ? 'Y' : 'p');

describe.each([abroad, home])('with an offer to %s', (office) => {
  const country = countryOf(office);
  const facts = situations(office, country);
  const next = office === abroad ? home : abroad;
  const names = Object.keys(facts);
  const none = (situation: string) => (situation === 'none' ? 'Y' : 'd');

  describe.each(['worker', 'supervisor'] as const)('a %s', (role) => {
    const as = (who: Office) => () => worker(who, role);

    test.each(names)('of the office asked does what the table says when it is %s', (name) => {
      expect(row(facts[name] as Fact[], as(office), next)).toBe(rows(receiver).get(name));
    });

    test.each(names)('of the sender does what the table says when it is %s', (name) => {
      const expected = filled(rows(referrer).get(name) ?? '', role);
      expect(row(facts[name] as Fact[], as(sender), next)).toBe(expected);
    });

    test.each(names)('of another office asked knows no such offer when it is %s', (name) => {
      const offer = name === 'none' ? '0' : 'p';
      const expected = `0 0 0 0 ${offer} 0 0 0 0 0 ${none(name)}`;
      expect(row(facts[name] as Fact[], as(union), next)).toBe(expected);
    });

    test.each(names)('of an office that is no party finds nothing when it is %s', (name) => {
      for (const who of [stranger, helpline])
        expect(row(facts[name] as Fact[], as(who), next)).toBe(`0 0 0 0 0 0 0 0 0 0 ${none(name)}`);
    });
  });

  test.each(names)('the owner’s system does what the table says when it is %s', (name) => {
    const system = (command: string) =>
      ({ system: command === 'cancel' ? country : 'kr' }) as const;
    expect(row(facts[name] as Fact[], system, next)).toBe(rows(owner).get(name));
  });
});

test('every command of the rules has its column', () => {
  const columns = Object.values(sample({ system: 'kr' }, abroad)).map((c) => c.do);
  expect(new Set(columns)).toEqual(new Set(Object.keys(rules)));
});

test('every situation has its row in every grid, and every row is used', () => {
  const names = Object.keys(situations(abroad, 'vn')).toSorted();
  for (const grid of [receiver, referrer, owner])
    expect([...rows(grid).keys()].toSorted()).toEqual(names);
});
