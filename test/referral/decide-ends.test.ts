import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { command, given, recorded, refusal } from '../support/given.ts';
import { abroad, home, sender, third, union, worker } from '../support/people.ts';
import { askedToEnd, declined } from '../support/steps.ts';

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
const ask = (name: Command['do'], input: object = {}) =>
  command(name, worker(sender), input, 'kr1-1');

/** What a command becomes, and that nothing comes of it a second time. */
const becomes = (facts: readonly Fact[], does: Command, type: string, data: object) => {
  const draft = given(facts).when(does);
  expect(draft).toEqual({ type, reach: 'both', data });
  return draft && recorded(facts, draft, does);
};

describe('decline', () => {
  const shows = (reason: string) => given(two).when(answer('decline', { reason }))?.data;

  test.each([
    ['no-capacity', 'no-capacity', 'next-office'],
    ['insufficient-information', 'insufficient-information', 'sender'],
    ['already-served', 'already-served', 'stop'],
    ['other', 'other', 'human'],
  ])('for %s shows the reason %s and sends the line to %s', (code, reason, next) => {
    expect(shows(code)).toEqual({ ...both, by: desk.by, reason, next });
  });

  test.each([
    ['safety-or-conflict-of-interest', 'human'],
    ['duplicate', 'stop'],
    ['person-declined', 'stop'],
  ])('for %s shows only `other`, with its own way %s', (code, next) => {
    expect(shows(code)).toEqual({ ...both, by: desk.by, reason: 'other', next });
  });

  test('is refused with a code that is not in the list', () => {
    expect(refusal(() => shows('whim'))).toMatchObject({ status: 422, field: '/reason' });
  });
});

describe('withdraw', () => {
  test.each([
    ['no-longer-required', 'stop', false],
    ['person-request', 'stop', true],
    ['placed-elsewhere', 'none', false],
    ['safety', 'human', true],
  ])('abroad, for %s, asks: the line goes to %s, shut is %s', (reason, next, shut) => {
    const data = { ...both, by: worker(sender).by, lines: ['l1', 'l2'], next, shut };
    becomes(two, ask('withdraw', { reason }), 'offer.withdrawal-requested.v1', data);
  });

  test('at home cancels at once', () => {
    const facts = log(submitted({ lines: [[home]] }));
    const data = {
      offices: [sender, home],
      by: worker(sender).by,
      offer: 'kr1-1',
      lines: ['l1'],
      next: 'stop',
      shut: true,
      cause: 'withdrawn',
    };
    becomes(facts, ask('withdraw', { reason: 'person-request' }), 'offer.cancelled.v1', data);
  });

  test.each(['whim', 'consent-withdrawn', 'office-suspended'])('is refused for %s', (reason) => {
    expect(refusal(() => given(two).when(ask('withdraw', { reason })))).toMatchObject({
      status: 422,
      field: '/reason',
    });
  });

  test('keeps its answer to a second try under another key', () => {
    expect(
      refusal(() => given(onward(two, askedToEnd())).when(ask('withdraw', { reason: 'safety' }))),
    ).toMatchObject({ code: 'already-done-differently' });
  });
});

test('an offer that was declined is not known to be the same decline under another key', () => {
  const over = onward(two, declined());
  expect(
    refusal(() => given(over).when(answer('decline', { reason: 'no-capacity' }))),
  ).toMatchObject({
    code: 'already-done-differently',
  });
});
