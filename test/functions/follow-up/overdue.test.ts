import '../../support/env.ts';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler as seals } from '../../../functions/api/sealed-command.ts';
import { handler as answers } from '../../../functions/border/arrival-overdue.ts';
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { answerOf, callOf, queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, type Step, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { abroad, later, sender, worker } from '../../support/people.ts';
import { holds } from '../../support/seed.ts';
import { accepted, arrived, consentWithdrawn, travelPlanned } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

const DAY = 24 * 60;
let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
const lambda = mockClient(LambdaClient);
process.env.POWERTOOLS_METRICS_DISABLED = 'false'; // a laptop's mode would switch them off

/** The gate's real function, as Lambda would invoke it. */
const gateAnswers = () =>
  lambda.on(InvokeCommand).callsFake(async ({ Payload }) => {
    const answer = await answers(JSON.parse(Payload)).catch(() => undefined);
    return answer
      ? { Payload: Buffer.from(JSON.stringify(answer)) }
      : { FunctionError: 'Unhandled' };
  });

const begin = () => {
  db = tables();
  keys();
  seedDirectory(db);
  clock = bell();
  lambda.reset();
  gateAnswers();
  logged.length = 0;
  db.hold(log(submitted({ lines: [[abroad]] }), accepted()));
};
beforeEach(begin);

const minute = (n: number) => vi.setSystemTime(Date.parse(later(n)));
const at = (n: number) => `at(${later(n).slice(0, 16)}:00)`;
/** The sender plans at this minute; the plan is the fact kr/2, or a later one. */
const plans = async (date: string, n = 10) => {
  minute(n);
  const { status } = await answerOf(
    seals,
    callOf('POST /v1/referrals/{ref}/plan-travel', {
      who: worker(sender),
      params: { ref },
      headers: { 'idempotency-key': `a-key-of-22-characters-${n}` },
      body: JSON.stringify({ date }),
    }),
  );
  expect(status).toBe(200);
};
const wakeUp = async (n: number) => {
  minute(n);
  expect((await handler(queueOf({ subject: ref }))).batchItemFailures).toEqual([]);
};
const goesOn = (...steps: readonly Step[]) => {
  const before = db.ledger();
  db.hold(onward(before, ...steps).slice(before.length));
};
const missed = () => db.ledger().filter(({ type }) => type === 'person.not-arrived.v1');
const asked = () =>
  lambda
    .commandCalls(InvokeCommand)
    .map(({ args: [{ input }] }) => [input.FunctionName, JSON.parse(String(input.Payload))]);
const unanswered = () => logged.filter((line) => line.includes('"ArrivalsUnanswered":'));

/** Noon of the tests is 2026-11-23T03:00Z, ten o'clock in Viet Nam. */
describe('planned date + 3 days, the gate’s yes', () => {
  test('the system of the country where the date was sealed says that she did not arrive, once', async () => {
    await plans('2026-11-24');
    for (const day of [1, 2, 3, 4]) {
      await wakeUp(10 + day * DAY);
      expect(missed()).toEqual([]);
    }
    await wakeUp(10 + 5 * DAY); // the 28th in Viet Nam
    expect(missed()).toMatchObject([
      { actor: 'kr:system', country: 'kr', data: { plan: 'kr2-1', offices: [sender, abroad] } },
    ]);
    const calls = asked().length;
    await wakeUp(10 + 6 * DAY);
    expect([missed().length, asked().length]).toEqual([1, calls]);
  });

  test('at once when the date was over as it was sealed', async () => {
    await plans('2026-11-19');
    await wakeUp(11);
    expect(missed()).toHaveLength(1);
  });

  test('then the sender has 24 hours to find out, and is reminded at half of them', async () => {
    await plans('2026-11-19');
    await wakeUp(11);
    expect(clock.rings()).toContain(at(11 + DAY / 2));
    await wakeUp(11 + DAY);
    expect(db.ledger().at(-2)).toMatchObject({
      type: 'deadline.missed.v1',
      data: { clock: 'not-arrived-follow-up' },
    });
  });

  test('asks daily by one question at its own door, and at each fact', async () => {
    await plans('2027-01-10');
    await wakeUp(11);
    await wakeUp(10 + DAY);
    expect(asked()).toEqual(
      Array(2).fill([process.env.ARRIVAL, { ask: 'arrival-overdue', ref, plan: 'kr2-1' }]),
    );
    expect(clock.rings()).toEqual([at(10 + DAY), at(10 + 2 * DAY)]);
  });

  test('a later plan beats the earlier, and is asked of in its turn', async () => {
    await plans('2026-11-24');
    await plans('2026-12-24', 20);
    await wakeUp(20 + 10 * DAY);
    expect([missed(), asked().at(-1)?.[1].plan]).toEqual([[], 'kr3-1']);
    await wakeUp(20 + 40 * DAY);
    expect(missed()).toMatchObject([{ data: { plan: 'kr3-1' } }]);
  });

  test.each<[string, Step]>([
    ['she has arrived', arrived(abroad, 'kr2-1')],
    ['the other country sealed a later date', travelPlanned(abroad, 'vn2-1')],
  ])('nobody is asked once %s', async (_, step) => {
    await plans('2026-11-19');
    goesOn(step);
    await wakeUp(11);
    expect([asked(), missed()]).toEqual([[], []]);
  });
});

test('a withdrawal that nobody has confirmed does not silence the alarm', async () => {
  await plans('2026-11-19');
  goesOn(consentWithdrawn(abroad, 'vn2-1', 'kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'));
  await wakeUp(11);
  expect(asked()).toHaveLength(1);
});

describe('the gate', () => {
  const question = (more: object = {}) => ({ ask: 'arrival-overdue', ref, plan: 'kr2-1', ...more });

  test('says yes or no and nothing else, and writes nothing', async () => {
    await plans('2026-11-24');
    const before = db.writes();
    expect(await answers(question())).toEqual({ overdue: false });
    minute(6 * DAY);
    expect(await answers(question())).toEqual({ overdue: true });
    expect(db.writes()).toBe(before);
  });

  test('says no of a plan that waits no more, also where its date is over', async () => {
    await plans('2026-11-19');
    expect(await answers(question({ plan: 'kr9-1' }))).toEqual({ overdue: false });
    goesOn(arrived(abroad, 'kr2-1'));
    expect(await answers(question())).toEqual({ overdue: false });
  });

  test.each<[string, object]>([
    ['another question', { ask: 'case-file' }],
    ['more than the question', { date: '2026-11-24' }],
    ['no plan', { plan: undefined }],
  ])('answers nothing to %s', async (_, more) => {
    await plans('2026-11-19');
    await expect(answers(question(more))).rejects.toThrow();
  });

  test('never takes a date that is not here for a no', async () => {
    goesOn(travelPlanned(sender, 'kr2-1'));
    await expect(answers(question())).rejects.toThrow('not sealed here');
  });
});

describe('while the gate does not answer', () => {
  test.each([
    ['is not reached', () => lambda.reset().rejects(new Error('no way there'))],
    ['fails', () => lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled' })],
    ['says something else', () => lambda.on(InvokeCommand).resolves({ Payload: '{}' as never })],
  ])(
    'and %s, nothing is said, it alarms, and it is asked again, hourly in the end',
    async (_, broken) => {
      await plans('2026-11-19');
      broken();
      await wakeUp(11);
      expect(clock.rings().at(-1)).toBe(at(12));
      await wakeUp(10 + 5 * 60);
      expect(clock.rings().at(-1)).toBe(at(10 + 6 * 60));
      expect([missed(), unanswered().length]).toEqual([[], 2]);
      lambda.reset();
      gateAnswers();
      await wakeUp(10 + 6 * 60);
      expect(missed()).toHaveLength(1);
    },
  );
});

/** All that a plan leaves behind but for what is sealed. */
const tracesOf = async (date: string) => {
  begin();
  await plans(date);
  const moments = [11, 10 + DAY, 2 * DAY, 10 + 2 * DAY];
  for (const moment of moments) await wakeUp(moment);
  const stored = [...db.items].filter(([key]) => !/^(vault|keys) /.test(key));
  const items = stored.map(([key, { put, body, ...item }]) => [key, item]);
  return JSON.stringify([items, clock.made(), asked(), logged]);
};

test('no schedule, fact or log holds the date or a time computed from it', async () => {
  const usual = await tracesOf('2026-12-24');
  expect(usual).toContain('travel.planned.v1');
  await holds(
    fc.asyncProperty(fc.integer({ min: 0, max: 5_000 }), async (days) => {
      const date = later((30 + days) * DAY).slice(0, 10);
      expect(await tracesOf(date)).toBe(usual); // else something would tell one date from another
    }),
    20,
  );
});
