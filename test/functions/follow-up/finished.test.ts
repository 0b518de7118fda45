import '../../support/env.ts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { countsOf } from '../../../shared/referral/order.ts';
import { queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, type Step, submitted } from '../../support/facts.ts';
import { home, later, sender } from '../../support/people.ts';
import { cancelled, consentWithdrawn, contentErased, newer } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
const lambda = mockClient(LambdaClient);
const sqs = mockClient(SQSClient);
process.env.POWERTOOLS_METRICS_DISABLED = 'false'; // a laptop's mode would switch them off

beforeEach(() => {
  db = tables();
  seedDirectory(db);
  clock = bell();
  lambda.reset();
  sqs.reset();
  lambda.rejects(new Error('no way there'));
  sqs.on(SendMessageCommand).resolves({});
});

const error: Step = {
  type: 'referral.entered-in-error.v1',
  actor: sender,
  data: { offices: [sender] },
};
const ended = (reach: 'kr' | 'both') =>
  log(
    ...[
      submitted({ lines: [[home]], reach }),
      error,
      cancelled({ office: home, actor: 'kr:system' }, { cause: 'error' }),
    ].map((step) => ({ ...step, reach })),
  );
const over = ended('both');
const due = 15 * 24 * 60 + 2;
const minutes = (n: number) => vi.setSystemTime(Date.parse(later(n)));
const wakeUp = async (minute: number) => {
  minutes(minute);
  expect((await handler(queueOf({ subject: ref }))).batchItemFailures).toEqual([]);
};
const asked = () =>
  sqs
    .commandCalls(SendMessageCommand)
    .map(({ args: [{ input }] }) => [input.QueueUrl, JSON.parse(input.MessageBody ?? '')]);
const queue = process.env.ERASE;
const holdsTheSame = (more = 0) => {
  lambda.on(InvokeCommand).callsFake(async () => {
    const { kr, vn } = countsOf(db.ledger());
    return { Payload: Buffer.from(JSON.stringify({ [ref]: { kr, vn: vn + more } })) };
  });
};
const at = (minute: number) => `at(${later(minute).slice(0, 16)}:00)`;
const waits = () => logged.filter((line) => line.includes('"ErasureWaitsSeconds":'));

test('wakes on its day, and sends what is finished to the vault once the other country, asked right then, agrees', async () => {
  db.hold(over);
  holdsTheSame();
  await wakeUp(due - 60);
  expect([asked(), lambda.calls()]).toEqual([[], []]);
  expect(clock.rings()).toEqual([at(due)]);
  await wakeUp(due);
  expect(asked()).toEqual([[queue, { subject: ref, agreed: later(due) }]]);
  expect(db.ledger()).toHaveLength(3);
});

test('asks the vault again until it has said so, and no more then', async () => {
  db.hold(over);
  holdsTheSame();
  for (const [minute, again] of [
    [due, due + 2],
    [due + 2, due + 4],
    [due + 240, due + 300],
  ] as const) {
    await wakeUp(minute);
    expect(clock.rings().at(-1)).toBe(at(again));
  }
  expect(asked()).toHaveLength(3);
  expect(waits().map((line) => JSON.parse(line).ErasureWaitsSeconds)).toEqual([0, 120, 14_400]);
  db.hold(onward(over, contentErased('kr')));
  const before = clock.rings().length;
  await wakeUp(due + 300);
  expect(asked()).toHaveLength(3);
  expect(clock.rings().slice(before)).not.toContain(at(due + 302));
});

test.each([
  ['does not answer', () => undefined],
  ['holds another fact', () => holdsTheSame(1)],
])('while the other country %s, what is finished stays', async (_, peer) => {
  db.hold(over);
  peer();
  await wakeUp(due + 30);
  expect(asked()).toEqual([]);
  expect(clock.rings().at(-1)).toBe(at(due + 60));
});

test('while a fact of a newer type is here, what is finished stays', async () => {
  db.hold(onward(over, newer));
  holdsTheSame();
  await wakeUp(due + 30);
  expect(asked()).toEqual([]);
});

test('what is of this country alone needs nobody’s word', async () => {
  db.hold(ended('kr'));
  await wakeUp(due);
  expect(asked()).toEqual([[queue, { subject: ref, agreed: later(due) }]]);
  expect(lambda.calls()).toEqual([]);
});

test('what must go, and that the vault was not told of, is sent to it without asking anybody', async () => {
  const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
  const gone = onward(over, consentWithdrawn(sender, 'kr4-1', ...all), {
    type: 'consent.withdrawal-confirmed.v1',
    actor: 'kr:system',
    data: { offices: [sender], withdrawals: ['kr4-1'], destroyed: true },
  });
  db.hold(gone);
  await wakeUp(6);
  expect([asked(), clock.rings()]).toEqual([[], [at(15)]]);
  await wakeUp(15);
  expect(asked()).toEqual([[queue, { subject: ref }]]);
});
