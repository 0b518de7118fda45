import { describe, expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import { historyFor } from '../../shared/history.ts';
import { factFor } from '../../shared/referral/fact-for.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, helpline, home, sender, stranger, third, union } from '../support/people.ts';
import {
  accepted,
  acknowledged,
  askedToEnd,
  cancelled,
  completed,
  declined,
  made,
  progressed,
  started,
} from '../support/steps.ts';

const lines = [
  [abroad, union, third],
  [home, third],
  [abroad, home],
];
const begun = log(submitted({ lines, helplines: [helpline], contact: 'through-worker' }));
const last = (office: Office, facts: readonly Fact[]) =>
  factFor(office, facts, facts.at(-1) as Fact);
const first = begun[0] as Fact;

describe('the first fact', () => {
  test('is read in full by the sender', () => {
    expect(last(sender, begun)?.data).toMatchObject({
      lines: first.data.lines,
      helplines: [helpline],
      consent: first.data.consent,
    });
  });

  test('is cut for an office to its own offer, lines and grant: no list, no helpline, no third office', () => {
    const cut = last(abroad, begun);
    expect(cut).toEqual({
      ...first,
      data: {
        offices: [sender, abroad],
        urgency: 'normal',
        lines: [
          { line: 'l1', offices: [abroad] },
          { line: 'l3', offices: [abroad] },
        ],
        offers: [{ offer: 'kr1-1', office: abroad, lines: ['l1', 'l3'] }],
        consent: {
          noticeVersion: 'test',
          noticeHash: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
          feedback: 'progress',
          contact: 'through-worker',
          grants: [expect.objectContaining({ grant: 'kr1-1', office: abroad })],
        },
        helplines: [],
      },
    });
    for (const hidden of [home, union, third, helpline])
      expect(JSON.stringify(cut)).not.toContain(hidden);
  });

  test.each([union, third, helpline, stranger])('is not for %s', (office) => {
    expect(last(office, begun)).toBeUndefined();
  });
});

test('a person is known to their own office alone', () => {
  const facts = onward(begun, acknowledged({}, { by: 'somebodysdesk000' }));
  expect(last(abroad, facts)?.data).toHaveProperty('by', 'somebodysdesk000');
  expect(last(sender, facts)?.data).not.toHaveProperty('by');
});

describe('an office that was withdrawn', () => {
  test.each([
    ['requested', askedToEnd({}, { next: 'stop', shut: true })],
    ['cancelled', cancelled({}, { next: 'human', shut: true })],
  ])('is not told why (%s)', (_, step) => {
    const facts = onward(begun, step);
    expect(last(abroad, facts)?.data).not.toHaveProperty('next');
    expect(last(abroad, facts)?.data).not.toHaveProperty('shut');
    expect(last(sender, facts)?.data).toMatchObject({ next: step.data.next, shut: true });
  });
});

test('a new office does not read whose place it takes', () => {
  const facts = onward(
    begun,
    declined(),
    made({ office: union, offer: 'kr2-1' }, { replaces: 'kr1-1' }),
  );
  expect(last(union, facts)?.data).toEqual({
    offices: [sender, union],
    offer: 'kr2-1',
    office: union,
    lines: ['l1'],
  });
  expect(factFor(union, facts, first)).toBeUndefined();
  expect(last(sender, facts)?.data).toHaveProperty('replaces', 'kr1-1');
});

test('a third office is its country', () => {
  const forged = {
    ...acknowledged(),
    data: { ...acknowledged().data, offices: [sender, abroad, home] },
  };
  const facts = onward(begun, forged);
  expect(last(home, facts)).toMatchObject({ actor: 'vn', data: { offices: [sender, home] } });
});

describe('the sender hears of the service what she allowed', () => {
  const steps = [
    acknowledged(),
    accepted({}, { lines: ['l1', 'l3'] }),
    progressed(),
    started(),
    completed(),
  ];
  const heard = (feedback: string) =>
    historyFor(sender, onward(log(submitted({ lines, feedback })), ...steps)).facts.map(
      ({ type }) => type,
    );

  test.each([
    ['none', ['referral.submitted.v1', 'offer.acknowledged.v1', 'offer.accepted.v1']],
    [
      'outcome',
      ['referral.submitted.v1', 'offer.acknowledged.v1', 'offer.accepted.v1', 'service.closed.v1'],
    ],
    [
      'progress',
      [
        'referral.submitted.v1',
        'offer.acknowledged.v1',
        'offer.accepted.v1',
        'service.progressed.v1',
        'service.started.v1',
        'service.closed.v1',
      ],
    ],
  ])('%s: %j', (feedback, types) => {
    expect(heard(feedback)).toEqual(types);
  });

  test('the receiver reads its own steps, whatever the feedback', () => {
    const facts = onward(log(submitted({ lines, feedback: 'none' })), ...steps);
    expect(historyFor(abroad, facts).facts).toHaveLength(facts.length);
  });
});

describe('the history', () => {
  const facts = onward(
    begun,
    acknowledged(),
    acknowledged({ office: home, offer: 'kr1-2' }),
    declined(),
  );

  test('is in the common order, and names the next `after`', () => {
    const { facts: all, next } = historyFor(sender, facts.toReversed());
    expect(all.map(({ id }) => id.slice(31))).toEqual(['kr/1', 'vn/1', 'kr/2', 'vn/2']);
    expect(next).toBe('kr2.vn2');
  });

  test('is what lies beyond either number, also what arrived late', () => {
    const ids = (after: string) =>
      historyFor(sender, facts, after).facts.map(({ id }) => id.slice(31));
    expect(ids('kr1.vn2')).toEqual(['kr/2']);
    expect(ids('kr2.vn0')).toEqual(['vn/1', 'vn/2']);
    expect(ids('kr2.vn2')).toEqual([]);
  });

  test('counts what the office may not see, and shows it nothing of it', () => {
    const { facts: own, next } = historyFor(home, facts);
    expect(own.map(({ type }) => type)).toEqual(['referral.submitted.v1', 'offer.acknowledged.v1']);
    expect(next).toBe('kr2.vn2');
  });

  test.each(['kr1', 'vn1.kr1', 'kr-1.vn1', 'kr1.vn1 ', ''])('is refused after %j', (after) => {
    expect(() => historyFor(sender, facts, after)).toThrow('Must look like');
  });
});
