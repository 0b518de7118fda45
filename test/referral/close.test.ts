import { describe, expect, test } from 'vitest';
import type { Worker } from '../../shared/referral/command.ts';
import { log, onward, placed, submitted } from '../support/facts.ts';
import { command, given, refusal } from '../support/given.ts';
import { abroad, later, sender, worker } from '../support/people.ts';
import { accepted, progressed, started } from '../support/steps.ts';

const close = (outcomes: [string, string][], role: Worker['role'] = 'worker') =>
  command(
    'close',
    worker(abroad, role),
    { outcomes: outcomes.map(([line, outcome]) => ({ line, outcome })) },
    'kr1-1',
  );
const taken = (of: Parameters<typeof submitted>[0] = {}) =>
  onward(
    log(submitted({ lines: [[abroad], [abroad]], ...of })),
    accepted({}, { lines: ['l1', 'l2'] }),
    progressed(),
  );
const serving = (of: Parameters<typeof submitted>[0] = {}) => onward(taken(of), started());
const lines = (...ends: [string, string, string][]) =>
  ends.map(([line, state, next]) => ({ line, state, next }));

test('close says of each line whether it was met and what becomes of it', () => {
  const draft = given(serving()).when(
    close([
      ['l1', 'service-completed'],
      ['l2', 'service-unavailable'],
    ]),
  );
  expect(draft).toEqual({
    type: 'service.closed.v1',
    reach: 'both',
    data: {
      offices: [sender, abroad],
      by: worker(abroad).by,
      offer: 'kr1-1',
      lines: lines(['l1', 'completed', 'none'], ['l2', 'failed', 'next-office']),
    },
  });
});

test.each(['normal', 'urgent', 'emergency'])(
  'who did not come forward is looked for unless %s is normal',
  (urgency) => {
    const draft = given(serving({ urgency })).when(
      close([
        ['l1', 'did-not-come-forward'],
        ['l2', 'information-given'],
      ]),
    );
    const next = urgency === 'normal' ? 'none' : 'sender';
    expect(draft?.data).toMatchObject({
      lines: lines(['l1', 'failed', next], ['l2', 'completed', 'none']),
    });
  },
);

test.each([
  ['a line without an outcome', [['l1', 'service-completed']], '/outcomes'],
  [
    'a line that it does not serve',
    [
      ['l1', 'no-show'],
      ['l3', 'no-show'],
    ],
    '/outcomes',
  ],
  [
    'a line twice',
    [
      ['l1', 'no-show'],
      ['l1', 'no-show'],
    ],
    '/outcomes',
  ],
  [
    'an outcome that is none',
    [
      ['l1', 'no-show'],
      ['l2', 'whim'],
    ],
    '/outcomes/1/outcome',
  ],
  [
    'referred-onward, which waits',
    [
      ['l1', 'referred-onward'],
      ['l2', 'no-show'],
    ],
    '/outcomes/0/outcome',
  ],
] as [string, [string, string][], string][])('close is refused with %s', (_, outcomes, field) => {
  expect(refusal(() => given(serving()).when(close(outcomes)))).toMatchObject({
    status: 422,
    field,
  });
});

test('before the service starts only failures close', () => {
  const mixed = close([
    ['l1', 'service-completed'],
    ['l2', 'no-show'],
  ]);
  expect(refusal(() => given(taken()).when(mixed))).toMatchObject({ code: 'not-allowed-now' });
  expect(
    given(taken()).when(
      close([
        ['l1', 'no-show'],
        ['l2', 'deceased'],
      ]),
    ),
  ).toBeDefined();
});

describe('not-reached', () => {
  const outcomes: [string, string][] = [
    ['l1', 'not-reached'],
    ['l2', 'no-show'],
  ];
  const tried = (minutes: number[], of: Parameters<typeof submitted>[0] = {}) => {
    const facts = taken(of);
    const attempts = minutes.map((minute, i) => {
      const fact = placed(progressed({}, { kind: 'contact-attempted' }), 'vn', 3 + i, 1);
      return { ...fact, time: later(minute) };
    });
    return [...facts, ...attempts];
  };
  const day = 24 * 60;
  const enough = [60, 120, day];

  test('is for a supervisor, after three attempts on two days', () => {
    const facts = tried(enough);
    expect(given(facts).when(close(outcomes, 'supervisor'))).toBeDefined();
    expect(refusal(() => given(facts).when(close(outcomes)))).toEqual({
      code: 'not-yours-to-do',
      status: 403,
      field: '/outcomes/0/outcome',
    });
  });

  test.each([
    ['two attempts', [60, day]],
    ['three attempts on one day', [60, 120, 180]],
    ['three on one day there, about midnight in UTC', [1250, 1255, 1270]],
    ['none', []],
  ] as [string, number[]][])('is refused after %s', (_, minutes) => {
    expect(refusal(() => given(tried(minutes)).when(close(outcomes, 'supervisor')))).toMatchObject({
      status: 422,
      field: '/outcomes/0/outcome',
    });
  });

  test.each(['no-contact', 'person-contacts-office'])(
    'never stands where she chose %s',
    (contact) => {
      const facts = tried(enough, { contact });
      expect(refusal(() => given(facts).when(close(outcomes, 'supervisor')))).toMatchObject({
        status: 422,
      });
    },
  );
});
