import '../../support/env.ts';
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import sample from '../../../events/samples/office.registered.v1.json' with { type: 'json' };
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, submitted } from '../../support/facts.ts';
import { abroad, home, union } from '../../support/people.ts';
import { acknowledged, declined } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
beforeEach(() => {
  clock = bell();
  logged.length = 0;
  db = tables();
  seedDirectory(db);
});
const facts = onward(
  log(
    submitted({
      lines: [
        [abroad, home],
        [abroad, union],
      ],
    }),
  ),
  declined(),
);
const again = () => handler(queueOf(facts.at(-1)));

test('what is due is done by the system, one fact after the other, until nothing is', async () => {
  db.hold(facts);
  expect((await again()).batchItemFailures).toEqual([]);
  expect(db.ledger().slice(1, -1)).toMatchObject([
    {
      type: 'offer.made.v1',
      actor: 'kr:system',
      seq: 2,
      seen: 1,
      data: { office: home, lines: ['l1'] },
    },
    {
      type: 'offer.made.v1',
      actor: 'kr:system',
      seq: 3,
      seen: 1,
      data: { office: union, lines: ['l2'] },
    },
  ]);
});

test('twice, late or out of order it does nothing more', async () => {
  db.hold(facts);
  await again();
  const done = db.ledger();
  await again();
  await handler(queueOf(facts[0], facts[1], facts[0]));
  expect(db.ledger()).toEqual(done);
});

test('nothing is done where nothing is due', async () => {
  db.hold(onward(log(submitted()), acknowledged()));
  await again();
  expect(db.writes()).toBe(0);
});

test('an office’s facts call for nothing', async () => {
  expect((await handler(queueOf(sample))).batchItemFailures).toEqual([]);
  expect(db.dynamo.calls()).toHaveLength(0);
});

test('what fails comes again', async () => {
  db.dynamo.reset();
  db.dynamo.rejects(new Error('throttled'));
  await expect(again()).rejects.toThrow('throttled');
});

describe('what is due and is refused', () => {
  const done = () => db.ledger().map(({ type, data }) => [type, data.office]);
  const offered = [
    ['offer.made.v1', union],
    ['offer.made.v1', home],
  ];
  /** Somebody else has the slot each time that this office is to be asked. */
  const lost = (office: string | undefined) =>
    db.dynamo.on(PutItemCommand).callsFake(async ({ Item }) => {
      const fact = JSON.parse(Item.fact.S);
      if (fact.data.office === office)
        throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
      db.hold([fact]);
    });
  beforeEach(() => {
    db.hold(facts);
    lost(home);
  });

  test('rings, once all else is done and the next wake-up is set', async () => {
    await expect(again()).rejects.toMatchObject({ code: 'busy' });
    expect(done()).toContainEqual(offered[0]);
    expect(done()).not.toContainEqual(offered[1]);
    expect(clock.rings()).toHaveLength(1);
    const told = logged.filter((line) => line.includes('what is due was refused'));
    expect(told.map((line) => JSON.parse(line))).toMatchObject([
      { command: 'offer', code: 'busy', subject: facts[0]?.subject },
    ]);
  });

  test('comes again alone, and is done then', async () => {
    const [refused, other] = queueOf(facts.at(-1), sample).Records;
    expect(await handler(queueOf(facts.at(-1), sample))).toEqual({
      batchItemFailures: [{ itemIdentifier: refused?.messageId }],
    });
    expect(other?.messageId).not.toBe(refused?.messageId);
    lost(undefined);
    expect((await again()).batchItemFailures).toEqual([]);
    expect(done().slice(1, -1)).toEqual(offered);
  });
});
