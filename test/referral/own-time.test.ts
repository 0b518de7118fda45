import { expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import type { Command } from '../../shared/referral/command.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { log, onward, type Step, submitted } from '../support/facts.ts';
import { after, command, given, refusal } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, later, sender, third, union } from '../support/people.ts';
import {
  accepted,
  askedToCancel,
  cancelled,
  consentRecorded,
  consentWithdrawn,
  made,
  missed,
  placedLine,
  progressed,
  refusedToCancel,
  settled,
  started,
} from '../support/steps.ts';

const hours = (n: number): Instant => later(60 * n);
/** A log that goes on, at a time. */
const at = (facts: readonly Fact[], time: Instant, ...steps: readonly Step[]): Fact[] =>
  onward(facts, ...steps).map((fact, i) => (i < facts.length ? fact : { ...fact, time }));
const both = { lines: ['l1', 'l2'] };
const begun = log(submitted({ urgency: 'urgent', lines: [[abroad], [abroad]] }));
const asks = (line: string) => askedToCancel({}, { lines: [line] });
const clocks = (facts: readonly Fact[], time: Instant) =>
  clocksOf(honest(facts).referral, contextIn('vn', time))
    .filter(({ clock }) => clock === 'cancellation')
    .map(({ round, due, over }) => ({ round, due, over }));
const overrules = command('confirm-cancellation', { system: 'vn' }, {}, 'kr1-1');

test('a silent office loses by the clock only the lines whose own time is over', () => {
  const first = at(begun, hours(0), accepted({}, both), asks('l1'));
  const facts = at(first, hours(71), asks('l2'));
  expect(clocks(facts, hours(72))).toEqual([
    { round: 4, due: hours(48), over: hours(72) },
    { round: 6, due: hours(71 + 48), over: hours(71 + 72) },
  ]);
  const taken = given(facts, hours(72)).when(overrules);
  expect(taken?.data).toMatchObject({ lines: ['l1'], cause: 'clock' });
  const left = at(facts, hours(72), cancelled({}, { lines: ['l1'], cause: 'clock' }));
  expect(refusal(() => given(left, hours(72)).when(overrules)).code).toBe('not-allowed-now');
  expect(given(left, hours(71 + 72)).when(overrules)?.data).toMatchObject({ lines: ['l2'] });
});

test('lines asked for apart whose time is over are taken in one fact', () => {
  const facts = at(at(begun, hours(0), accepted({}, both), asks('l1')), hours(5), asks('l2'));
  expect(given(facts, hours(77)).when(overrules)?.data).toMatchObject(both);
});

test('the clock of a line that is placed elsewhere runs from its own placing, not from one of another line', () => {
  const rival = { office: union, offer: 'kr2-1' };
  const other = { office: third, offer: 'kr5-1' };
  const l2 = { lines: ['l2'] };
  const kept = onward(
    begun,
    ...[made(rival), accepted({}, both), accepted(rival), placedLine('kr1-1')],
    cancelled({ ...rival, actor: union }, { cause: 'receiver', next: 'none' }),
  );
  const crossed = at(
    kept,
    hours(220),
    ...[asks('l2'), made(other, l2), accepted(other, l2), progressed(other), started(other)],
    ...[consentRecorded(abroad, 'vn7-1', 'kr-vn'), refusedToCancel()],
  );
  const due = dueNext(fold(crossed), contextIn('kr', hours(221)));
  expect(due).toMatchObject({ do: 'place-line', input: { line: 'l2', offer: 'kr5-1' } });
  const placed = due ? after(crossed, due, hours(221)) : [];
  const facts = [...placed.slice(0, -1), { ...(placed.at(-1) as Fact), time: hours(221) }];
  expect(clocks(facts, hours(222))).toEqual([
    { round: 12, due: hours(221 + 48), over: hours(221 + 72) },
  ]);
});

test('a request and a confirmed withdrawal run their own clocks side by side', () => {
  const facts = at(
    at(begun, hours(0), accepted({}, both), asks('l1')),
    hours(90),
    consentWithdrawn(sender, 'kr3-1', 'kr1-1'),
  );
  expect(clocks(facts, hours(91)).map(({ round }) => round)).toEqual([4]);
  const confirmed = at(facts, hours(200), settled('confirmed', 'kr:system', 'kr3-1'));
  expect(clocks(confirmed, hours(201))).toEqual([
    { round: 4, due: hours(48), over: hours(72) },
    { round: 8, due: hours(248), over: hours(272) },
  ]);
});

test('each thing that asks is reminded of and missed for itself', () => {
  const first = at(begun, hours(0), accepted({}, both), asks('l1'));
  const mark = missed({}, { clock: 'cancellation', round: 4, due: hours(48) });
  const gone = cancelled({}, { cause: 'clock', next: 'sender', lines: ['l1'] });
  const facts = at(at(first, hours(73), mark, gone), hours(80), asks('l2'));
  const next = (time: Instant) => dueNext(fold(facts), contextIn('vn', time));
  expect(next(hours(80 + 24))).toMatchObject({ do: 'remind', input: { clock: 'cancellation' } });
  expect(next(hours(80 + 48))).toMatchObject({ do: 'miss-deadline' });
  const told = given(facts, hours(80 + 48)).when(next(hours(80 + 48)) as Command);
  expect(told?.data).toMatchObject({ clock: 'cancellation', round: 6, due: hours(80 + 48) });
});
