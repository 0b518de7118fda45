import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given } from '../support/given.ts';
import { abroad, home, sender, shelter, third, union, worker } from '../support/people.ts';
import { bySupervisor, said } from '../support/permission.ts';
import { accepted, declined, namedFor, overridden, overrideProposed } from '../support/steps.ts';

const list = [abroad, union, third];
const begun = log(submitted({ lines: [list, [abroad, union], [home], [abroad]] }));
const left = (line: string, next: string) => ({ line, reason: 'other', next });
/** Lines l1 and l2 are open again, each with its own way. */
const open = (l1: string, l2 = l1) =>
  onward(begun, accepted({}, { lines: ['l4'], left: [left('l1', l1), left('l2', l2)] }));
const apart = onward(
  log(
    submitted({
      lines: [
        [abroad, union],
        [abroad, third],
      ],
    }),
  ),
  declined(),
);
const there = onward(
  log(
    submitted({ lines: [[abroad]], grants: [{ office: abroad, stages: [1] }, { office: sender }] }),
  ),
  overrideProposed(abroad, 'vn1-1'),
  namedFor('28', third),
  overridden(third, 'vn1-1', 'vn3-1'),
);
const input = (office: Office, lines: string[], more: object = {}) => ({ office, lines, ...more });
const again = { sameOfficeAgain: 'capacity-now' };

const bySystem = (facts: readonly Fact[], of: object, country: 'kr' | 'vn' = 'kr') =>
  said(() => given(facts).when(command('offer', { system: country }, of)));
const byWorker = (facts: readonly Fact[], of: object) =>
  said(() => given(facts).when(command('offer', worker(sender), of)));
const asks = (facts: readonly Fact[], of: object) =>
  said(() => given(facts).when(bySupervisor(sender, 'offer', of)));

const onlyNext = '409 not-allowed-now: The system offers to the next office of the list alone';
const openOnly = '409 not-allowed-now: Only open lines can be offered (/lines)';
const human = '403 not-yours-to-do: A supervisor must decide where these lines go next';
const parallel = '403 not-yours-to-do: Only a supervisor may ask two offices at once';
const unseen = '409 no-consent: No valid grant lets this office see the summary (/office)';
const why =
  '422 invalid-field: This office was asked before: say why it is asked again (/sameOfficeAgain)';

// biome-ignore format: a table
test.each<[string, () => string, string]>([
  ['the sender an open line', () => byWorker(open('sender'), input(union, ['l1', 'l2'])), 'allowed'],
  ['the sender a line that another was asked for', () => byWorker(open('sender'), input(union, ['l1', 'l3'])), openOnly],
  ['a worker where a human must decide', () => byWorker(open('sender', 'human'), input(union, ['l1', 'l2'])), human],
  ['a supervisor there', () => asks(open('sender', 'human'), input(union, ['l1', 'l2'])), 'allowed'],
  ['a worker beside another', () => byWorker(open('sender'), input(union, ['l1', 'l3'], { parallel: true })), parallel],
  ['a supervisor beside another', () => asks(open('sender'), input(union, ['l1', 'l3'], { parallel: true })), 'allowed'],
  ['the same office without a word', () => byWorker(open('sender'), input(abroad, ['l1'])), why],
  ['the same office with a reason', () => byWorker(open('sender'), input(abroad, ['l1'], again)), 'allowed'],
  ['an office that was asked for another line', () => byWorker(open('sender'), input(home, ['l1'])), 'allowed'],
  ['an office without a grant', () => asks(open('sender'), input(shelter, ['l1'])), unseen],
  ['by an override of the other country', () => asks(there, input(union, ['l1'], { parallel: true })), unseen],
  ['the system the next office', () => bySystem(open('next-office'), input(union, ['l1', 'l2'])), 'allowed'],
  ['the system another office', () => bySystem(open('next-office'), input(third, ['l1'])), onlyNext],
  ['the system where the sender decides', () => bySystem(open('sender'), input(union, ['l1'])), onlyNext],
  ['the system where the sender decides of one line', () => bySystem(open('next-office', 'sender'), input(union, ['l1', 'l2'])), onlyNext],
  ['the system an office that is next for one line', () => bySystem(apart, input(union, ['l1', 'l2'])), onlyNext],
  ['the system an office that is next for that line', () => bySystem(apart, input(union, ['l1'])), 'allowed'],
])('a further offer: %s', (_, told, expected) => {
  expect(told()).toBe(expected);
});
