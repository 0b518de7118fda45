import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { clocksOf } from '../../shared/referral/clocks.ts';
import { isMarked } from '../../shared/referral/deadlines.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { after, command } from '../support/given.ts';
import { honest } from '../support/now.ts';
import { abroad, contextIn, home, sender, union, worker } from '../support/people.ts';
import { next } from '../support/setting-aside.ts';
import {
  accepted,
  askedToCancel,
  completed,
  failed,
  inError,
  made,
  missed,
  placedLine,
  progressed,
  reopened,
  started,
  stoppedLine,
} from '../support/steps.ts';

const ended = log(
  submitted({ lines: [[abroad, union]] }),
  ...[accepted(), progressed(), started()],
  failed({}, { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] }),
);
/** The office opens its service again, and has seen nothing of the origin since the submission. */
const unseen = (facts: readonly Fact[]) => [
  ...facts,
  next(facts, reopened(), { country: 'vn', seen: 1 }),
];
const other = { office: home, offer: 'kr2-1' };
const taken = onward(ended, made(other), accepted(other), progressed(other), started(other));

test('a reopening that crossed a stop gives no line back: the office is asked to leave, and nobody follows it', () => {
  const crossed = unseen(onward(ended, stoppedLine('l1')));
  const { asked, leaving, referral } = honest(crossed);
  expect([asked(), leaving()]).toEqual([
    'requested',
    { lines: ['l1'], cause: 'stopped', next: 'stop', shut: false },
  ]);
  expect(clocksOf(referral, contextIn('vn'))).toMatchObject([{ clock: 'cancellation', round: 4 }]);
  const over = after(crossed, command('confirm-cancellation', worker(abroad), {}, 'kr1-1'));
  expect([honest(over).status(), honest(over).line()]).toEqual(['cancelled', 'stopped']);
});

test('both countries read the same, whichever fact came first', () => {
  const [stop, again] = unseen(onward(ended, stoppedLine('l1'))).slice(-2) as [Fact, Fact];
  const other = honest([...ended, again, stop]);
  expect(other.referral).toEqual(honest([...ended, stop, again]).referral);
  expect(other.asked()).toBe('requested');
});

test('a request after the stop is a thing to answer of its own', () => {
  const crossed = onward(unseen(onward(ended, stoppedLine('l1'))), askedToCancel());
  const { referral } = honest(crossed);
  expect(clocksOf(referral, contextIn('vn'))).toMatchObject([{ clock: 'cancellation', round: 6 }]);
});

test('a reopening that crossed the end of a service elsewhere gives no line back', () => {
  const { asked, leaving } = honest(unseen(onward(taken, completed(other))));
  expect([asked(), leaving()?.cause]).toEqual(['requested', 'placed-elsewhere']);
  const known = honest(onward(taken, completed(other), reopened()));
  expect(known.asked()).toBe('none');
});

test('what the origin asks after the other country went on is reminded of and missed for itself', () => {
  const own = { office: home, offer: 'kr1-1' };
  const there = { office: abroad, offer: 'kr3-1' };
  const free = { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] };
  const tried = onward(
    log(submitted({ lines: [[home, abroad]] })),
    ...[accepted(own), progressed(own), started(own), failed(own, free)],
  );
  const offer = `kr${tried.length + 1}-1`;
  const its = { ...there, offer };
  const both = onward(
    tried,
    ...[made(its), accepted(its), progressed(its), started(its), failed(its, free)],
  );
  const seen = both.filter(({ country }) => country === 'vn').length;
  const again = onward(both, reopened(its), completed(its));
  const crossed = [...again, next(again, reopened(own), { country: 'kr', seen })];
  const { leaving } = honest(crossed);
  expect(leaving('kr1-1')).toMatchObject({ lines: ['l1'], cause: 'placed-elsewhere' });
  const ring = (facts: readonly Fact[]) =>
    clocksOf(honest(facts).referral, contextIn('kr')).filter((one) => one.clock === 'cancellation');
  const [first] = ring(crossed);
  const mark = { clock: 'cancellation', round: first?.round, due: first?.due };
  const late = onward(crossed, missed({ ...own, actor: 'kr:system' }, mark));
  for (const step of [askedToCancel(own), inError]) {
    const facts = onward(late, step);
    const { referral } = honest(facts);
    const [clock] = ring(facts);
    expect(clock && isMarked(referral, clock, 'missed')).toBe(false);
  }
});

test('a line that is free again, or that another knew to be disputed, is no stranger’s', () => {
  const free = { lines: [{ line: 'l1', state: 'failed', next: 'sender' }] };
  expect(honest(unseen(onward(taken, failed(other, free)))).asked()).toBe('none');
  const disputed = onward(unseen(taken), completed(other));
  expect(honest(disputed).asked()).toBe('none');
});

test('while another serves the line, the two are contested until the origin chooses', () => {
  const both = unseen(taken);
  expect([honest(both).line(), honest(both).asked()]).toEqual(['contested', 'none']);
  const chosen = onward(both, placedLine('kr2-1', 'l1', sender));
  expect([honest(chosen).line(), honest(chosen).asked()]).toEqual(['placed', 'requested']);
});
