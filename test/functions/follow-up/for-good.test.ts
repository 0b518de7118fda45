import '../../support/env.ts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { countsOf } from '../../../shared/referral/order.ts';
import { queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { abroad, home, later, sender } from '../../support/people.ts';
import { cancelled, consentWithdrawn } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
const lambda = mockClient(LambdaClient);
process.env.POWERTOOLS_METRICS_DISABLED = 'false'; // a laptop's mode would switch them off

beforeEach(() => {
  db = tables();
  seedDirectory(db);
  clock = bell();
  lambda.reset();
  lambda.rejects(new Error('no way there'));
});

const hours = (n: number) => vi.setSystemTime(Date.parse(later(60 * n + 2)));
const wakeUp = () => handler(queueOf({ subject: ref }));
const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const system = { actor: 'vn:system' };
const withdrawn = log(
  submitted({ lines: [[abroad]] }),
  consentWithdrawn(abroad, 'vn1-1', ...all),
  cancelled({ ...system, office: abroad }, { cause: 'consent' }),
);
const answers = (counts: object) =>
  lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(JSON.stringify(counts)) as never });
/** What the other country holds once it has all that we have. */
const theSame = () => {
  lambda.on(InvokeCommand).callsFake(async () => ({
    Payload: Buffer.from(JSON.stringify({ [ref]: countsOf(db.ledger()) })),
  }));
};
const confirmed = () =>
  db.ledger().filter(({ type }) => type === 'consent.withdrawal-confirmed.v1');
const waits = () => logged.filter((line) => line.includes('WithdrawalWaitsSeconds'));
const at = (minutes: number) => `at(${later(minutes).slice(0, 16)}:00)`;

test('a withdrawal is confirmed by the clock only when the other country, asked right then, holds the same facts', async () => {
  db.hold(withdrawn);
  theSame();
  hours(72);
  await wakeUp();
  expect(confirmed()).toMatchObject([
    { actor: 'kr:system', data: { withdrawals: ['vn1-1'], destroyed: true } },
  ]);
  const [asked] = lambda.commandCalls(InvokeCommand);
  expect(asked?.args[0].input).toMatchObject({
    FunctionName: process.env.PEER,
    Payload: JSON.stringify({ ask: 'counts', subjects: [ref] }),
  });
  const [, how] = (asked?.args ?? []) as readonly unknown[];
  expect(how).toMatchObject({ abortSignal: expect.any(AbortSignal) });
  expect(waits()).toEqual([]);
});

test('before its time nobody is asked', async () => {
  db.hold(withdrawn);
  hours(71);
  await wakeUp();
  expect(lambda.calls()).toHaveLength(0);
});

test('one of this country alone needs nobody’s word', async () => {
  const domestic = { reach: 'kr' as const };
  const steps = [
    submitted({ lines: [[home]], ...domestic }),
    { ...consentWithdrawn(sender, 'kr2-1', ...all), ...domestic },
  ];
  db.hold(log(...steps));
  hours(72);
  await wakeUp();
  expect(confirmed()).toHaveLength(1);
  expect(lambda.calls()).toHaveLength(0);
});

test.each([
  ['does not answer', () => undefined],
  ['holds fewer', () => answers({ [ref]: { kr: 1, vn: 1 } })],
  ['holds a fact that we lack', () => answers({ [ref]: { kr: 2, vn: 3 } })],
  ['knows nothing of it', () => answers({})],
])('while the other country %s, all else is done, and it is asked again', async (_, peer) => {
  db.hold(withdrawn);
  peer();
  hours(72);
  expect((await wakeUp()).batchItemFailures).toEqual([]);
  expect(confirmed()).toEqual([]);
  expect(db.ledger().map(({ type }) => type)).toContain('deadline.missed.v1');
  expect(clock.rings().at(-1)).toBe(at(72 * 60 + 4));
});

test('it is asked hourly in the end, and the number that alarms tells how long it waits', async () => {
  db.hold(withdrawn);
  for (const [hour, again] of [
    [72.25, 72.5],
    [72.5, 73],
    [76, 77],
    [96, 97],
  ] as const) {
    hours(hour);
    await wakeUp();
    expect(clock.rings().at(-1)).toBe(at(again * 60 + 2));
  }
  expect(waits().map((line) => JSON.parse(line).WithdrawalWaitsSeconds)).toEqual([
    900,
    1800,
    4 * 3600,
    24 * 3600,
  ]);
  theSame();
  hours(97);
  await wakeUp();
  expect(confirmed()).toHaveLength(1);
});

test('one that a fact of a newer type holds up alarms too, is asked for again, and asks nobody', async () => {
  const newer = { type: 'consent.pondered.v1', actor: sender, data: { offices: [sender] } };
  db.hold(onward(withdrawn, newer));
  theSame();
  hours(71);
  await wakeUp();
  expect(waits()).toEqual([]);
  hours(72.25);
  await wakeUp();
  expect(waits().map((line) => JSON.parse(line).WithdrawalWaitsSeconds)).toEqual([900]);
  expect(clock.rings().at(-1)).toBe(at(72.5 * 60 + 2));
  expect([confirmed(), lambda.calls()]).toEqual([[], []]);
});

test('however often it is looked at while it waits, it is asked again at the same moments: wake-ups do not multiply', async () => {
  db.hold(withdrawn);
  const asked = 72 * 60 + 2;
  for (const [ringsAt, again] of [
    [[0, 1], 2],
    [[2, 3], 4],
    [[4, 5, 7], 8],
    [[8, 9, 14], 15],
    [[15, 29], 30],
    [[30, 58], 60],
    [[60, 61, 75, 118], 120],
    [[40 * 24 * 60, 40 * 24 * 60 + 58], 40 * 24 * 60 + 60],
  ] as const)
    for (const minute of ringsAt) {
      vi.setSystemTime(Date.parse(later(asked + minute)));
      await wakeUp();
      expect(clock.rings().at(-1)).toBe(at(asked + again));
    }
  expect(new Set(clock.rings()).size).toBe(8);
});
