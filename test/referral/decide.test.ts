import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, recorded, refusal } from '../support/given.ts';
import { abroad, later, noon, sender, third, union, worker } from '../support/people.ts';
import { accepted, acknowledged, progressed } from '../support/steps.ts';

const two = log(
  submitted({
    lines: [
      [abroad, union],
      [abroad, third],
    ],
  }),
);
const desk = worker(abroad);
const both = { offices: [sender, abroad], offer: 'kr1-1' };
const answer = (name: Command['do'], input: object = {}) => command(name, desk, input, 'kr1-1');
const _ask = (name: Command['do'], input: object = {}) =>
  command(name, worker(sender), input, 'kr1-1');

/** What a command becomes, and that nothing comes of it a second time. */
const becomes = (facts: readonly Fact[], does: Command, type: string, data: object) => {
  const draft = given(facts).when(does);
  expect(draft).toEqual({ type, reach: 'both', data });
  return draft && recorded(facts, draft, does);
};

test('acknowledge tells the sender, once', () => {
  const later = becomes(two, answer('acknowledge'), 'offer.acknowledged.v1', {
    ...both,
    by: desk.by,
  });
  expect(given(later ?? []).when(answer('acknowledge'))).toBeUndefined();
});

describe('accept', () => {
  const whole = answer('accept', { lines: ['l2', 'l1'] });
  const part = answer('accept', { lines: ['l1'], left: [{ line: 'l2', reason: 'no-capacity' }] });

  test('takes all lines, once, in whatever order they are named again', () => {
    const data = { ...both, by: desk.by, lines: ['l2', 'l1'] };
    const later = becomes(two, whole, 'offer.accepted.v1', data) ?? [];
    expect(given(later).when(whole)).toBeUndefined();
    expect(given(later).when(answer('accept', { lines: ['l1', 'l2'] }))).toBeUndefined();
    expect(refusal(() => given(later).when(part))).toMatchObject({
      code: 'already-done-differently',
      status: 409,
    });
  });

  test('takes some lines and leaves the others with a reason and its way, once', () => {
    const left = [{ line: 'l2', reason: 'no-capacity', next: 'next-office' }];
    const data = { ...both, by: desk.by, lines: ['l1'], left };
    const later = becomes(two, part, 'offer.accepted.v1', data) ?? [];
    expect(given(later).when(part)).toBeUndefined();
    for (const other of [
      whole,
      answer('accept', { lines: ['l1'], left: [{ line: 'l2', reason: 'other' }] }),
    ])
      expect(refusal(() => given(later).when(other))).toMatchObject({
        code: 'already-done-differently',
      });
  });

  test.each([
    ['a line that was not offered', { lines: ['l1', 'l2', 'l3'] }, '/lines'],
    ['a line twice', { lines: ['l1', 'l1', 'l2'] }, '/lines'],
    [
      'a line that is taken and left',
      { lines: ['l1', 'l2'], left: [{ line: 'l2', reason: 'other' }] },
      '/lines',
    ],
    ['a line that is neither', { lines: ['l1'] }, '/left'],
    [
      'a reason that is none',
      { lines: ['l1'], left: [{ line: 'l2', reason: 'whim' }] },
      '/left/0/reason',
    ],
    [
      'a reason about her',
      { lines: ['l1'], left: [{ line: 'l2', reason: 'person-declined' }] },
      '/left/0/reason',
    ],
  ])('is refused with %s', (_, input, field) => {
    expect(refusal(() => given(two).when(answer('accept', input)))).toEqual({
      code: 'invalid-field',
      status: 422,
      field,
    });
  });

  test('is refused when the grant has expired', () => {
    const short = log(submitted({ grants: [{ office: abroad, expires: noon }] }));
    expect(
      refusal(() => given(short, later(1)).when(answer('accept', { lines: ['l1'] }))),
    ).toMatchObject({
      code: 'no-consent',
    });
  });
});

describe('start-service and report-progress', () => {
  const taken = onward(two, acknowledged(), accepted({}, { lines: ['l1', 'l2'] }));

  test.each(['contact-made', 'visit'])('the service starts after %s, once', (kind) => {
    const met = onward(taken, progressed({}, { kind }));
    const later = becomes(met, answer('start-service'), 'service.started.v1', {
      ...both,
      by: desk.by,
    });
    expect(given(later ?? []).when(answer('start-service'))).toBeUndefined();
  });

  test.each(['contact-attempted', 'appointment-scheduled', 'note'])(
    '%s alone is no start',
    (kind) => {
      const met = onward(taken, progressed({}, { kind }));
      expect(refusal(() => given(met).when(answer('start-service')))).toMatchObject({
        status: 409,
      });
    },
  );

  test('visits are counted, nothing else is', () => {
    const visited = onward(taken, progressed({}, { kind: 'visit', visit: 1 }));
    const visit = given(visited).when(answer('report-progress', { kind: 'visit' }));
    expect(visit?.data).toMatchObject({ kind: 'visit', visit: 2 });
    const note = given(visited).when(answer('report-progress', { kind: 'note' }));
    expect(note?.data).toEqual({ ...both, by: desk.by, kind: 'note' });
  });
});
