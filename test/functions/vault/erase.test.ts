import '../../support/env.ts';
import {
  DeleteItemCommand,
  InternalServerError,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler as command } from '../../../functions/api/sealed-command.ts';
import { handler } from '../../../functions/vault/erase.ts';
import { type Eraser, erase as eraseIn } from '../../../shared/vault/erase.ts';
import { answerOf, callOf, queueOf } from '../../support/aws.ts';
import { bucket } from '../../support/bucket.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, type Step, submitted } from '../../support/facts.ts';
import { keys } from '../../support/kms.ts';
import { memory } from '../../support/memory.ts';
import { home, later, sender, worker } from '../../support/people.ts';
import { consentWithdrawn, contentErased } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let files: ReturnType<typeof bucket>;
let kms: ReturnType<typeof keys>;
const sqs = mockClient(SQSClient);
beforeEach(() => {
  db = tables();
  files = bucket();
  sqs.on(SendMessageCommand).resolves({});
  kms = keys();
  seedDirectory(db);
});

const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const begun = log(submitted({ lines: [[home]] }));
const confirmed = (destroyed: boolean): Step => ({
  type: 'consent.withdrawal-confirmed.v1',
  actor: 'kr:system',
  data: { offices: [sender], withdrawals: ['kr2-1'], destroyed },
});
const withdrawn = onward(begun, consentWithdrawn(home, 'kr2-1', ...all));
const gone = onward(withdrawn, confirmed(true));
const over = onward(begun, {
  type: 'referral.entered-in-error.v1',
  actor: sender,
  data: { offices: [sender] },
});

const day = 24 * 60;
const minutes = (n: number) => vi.setSystemTime(Date.parse(later(n)));
const erase = (more: object = {}) => handler(queueOf({ subject: ref, ...more }));
const erased = () => db.ledger().filter(({ type }) => type === 'content.erased.v1');
/** What is kept of the person's: by table and key. */
const content = () => [...db.items.keys()].filter((key) => /^(vault|keys|duplicates) /.test(key));
const TOMBSTONE = `keys ${ref} keys`;
/** Something that is sealed with its fact, as a real command does. */
const sealsSomething = async () => {
  db.hold(begun);
  const { status } = await answerOf(
    command,
    callOf('POST /v1/referrals/{ref}/offers/{offer}/decline', {
      who: worker(home),
      params: { ref, offer: 'kr1-1' },
      headers: { 'idempotency-key': '7a0c1c9e-0000-4000-8000-invented0001' },
      body: JSON.stringify({ reason: 'person-declined', comment: 'An invented comment' }),
    }),
  );
  expect(status).toBe(200);
  expect(content()).toEqual([`keys ${ref} keys`, `vault ${ref} kr2#decline`]);
};

/** The same, after what stands in the ledger. */
const withdrawnSince = () => {
  const { data, ...confirms } = confirmed(true);
  return onward(db.ledger(), consentWithdrawn(home, 'kr3-1', ...all), {
    ...confirms,
    data: { ...data, withdrawals: ['kr3-1'] },
  });
};

describe('a confirmed withdrawal that left no grant', () => {
  test('destroys first, and only then says so', async () => {
    await sealsSomething();
    db.hold(withdrawnSince());
    db.dynamo.on(PutItemCommand, { TableName: 'ledger' }).callsFake(async () => {
      expect(content()).toEqual([TOMBSTONE]);
      throw new InternalServerError({ message: 'down', $metadata: {} });
    });
    await expect(erase()).rejects.toThrow('down');
    expect([content(), erased()]).toEqual([[TOMBSTONE], []]);
  });

  test('is said by the vault to all who were asked, once, however often it is told', async () => {
    db.hold(gone);
    await erase();
    await handler(queueOf(gone[2], erased()[0], { subject: ref }));
    expect(erased()).toMatchObject([
      { actor: 'kr:vault', reach: 'both', data: { offices: [sender, home] } },
    ]);
    expect(content()).toEqual([TOMBSTONE]);
    expect(kms.calls()).toHaveLength(0);
    const lines = logged
      .map((line) => JSON.parse(line))
      .filter(({ message }) => message === 'erased');
    expect(lines[0]).toMatchObject({ subject: ref, items: 0, recorded: true });
    expect(lines).toHaveLength(4);
  });

  test('what a restored vault and its keys hold again is destroyed again, and not said twice', async () => {
    await sealsSomething();
    const restored = structuredClone([...db.items].filter(([key]) => /^(vault|keys) /.test(key)));
    db.hold(withdrawnSince());
    await erase();
    for (const [key, item] of restored) db.items.set(key, item);
    expect(content()).toHaveLength(2);
    await erase();
    expect([content(), erased().length]).toEqual([[TOMBSTONE], 1]);
  });

  test('a file that was announced a while ago goes, whatever became of the referral, and no other', async () => {
    const file = (shelf: string) => `${shelf}/${ref}/3/d3-invented-0000000000001.pdf`;
    for (const key of [file('unconfirmed'), file('documents')]) files.put(key);
    await erase({ unconfirmed: 'd3-invented-0000000000001.pdf' });
    expect(files.keys()).toEqual([file('documents')]);
    expect(erased()).toEqual([]);
  });

  test.each([
    ['the tombstone', PutItemCommand, { TableName: 'keys' }],
    ['the list of items', QueryCommand, { TableName: 'vault' }],
    ['an item', DeleteItemCommand, { TableName: 'vault' }],
  ] as const)('comes again when %s fails, and says nothing before', async (_, call, input) => {
    await sealsSomething();
    db.hold(withdrawnSince());
    const failing = db.dynamo.on(call as never, input as never);
    failing.rejectsOnce(new InternalServerError({ message: 'down', $metadata: {} }));
    await expect(erase()).rejects.toThrow('down');
    expect(erased()).toEqual([]);
    const again = tables();
    for (const [key, item] of db.items) again.items.set(key, item);
    db = again;
    await erase();
    expect([erased().length, content()]).toEqual([1, [TOMBSTONE]]);
  });
});

test.each([
  ['a referral of which nothing is known', []],
  ['one that is open', begun],
  ['a withdrawal that nobody confirmed', withdrawn],
  ['one of which other grants are left', onward(withdrawn, confirmed(false))],
  ['what is finished, while nobody asked the other country', over],
])('%s is left alone', async (_, facts) => {
  db.hold(facts);
  minutes(30 * day);
  await erase();
  expect([erased(), content()]).toEqual([[], []]);
  expect(logged.join()).not.toContain('erased');
});

test('what the origin has erased goes in the other country too, which says so itself', async () => {
  const ledger = memory(onward(begun, contentErased('kr')));
  const destroyed: string[] = [];
  const there: Eraser = {
    ...{ country: 'vn', ledger, now: () => later(9) },
    destroy: async (referral, at) => destroyed.push(`${referral} ${at}`),
    destroyFiles: async (referral) => destroyed.push(`files of ${referral}`),
    sweepLater: async (referral) => void destroyed.push(`later ${referral}`),
  };
  for (const recorded of [true, false])
    expect(await eraseIn(there, { subject: ref })).toMatchObject({ recorded });
  const once = [`${ref} ${later(9)}`, `files of ${ref}`, `later ${ref}`];
  expect(destroyed).toEqual([...once, ...once]);
  expect(ledger.all().at(-1)?.fact).toMatchObject({ country: 'vn', actor: 'vn:vault', seen: 2 });
});

describe('what is finished', () => {
  const due = 15 * day + 2;
  beforeEach(() => db.hold(over));

  test('goes after fifteen days, when the other country has just agreed', async () => {
    minutes(due);
    await erase({ agreed: later(due) });
    expect([erased().length, content()]).toEqual([1, [TOMBSTONE]]);
  });

  test.each([
    ['before its time', due - 1.1, due - 1.1],
    ['long after the other country agreed', due + 60, due],
  ])('stays %s', async (_, now, agreed) => {
    minutes(now);
    await erase({ agreed: later(agreed) });
    expect([erased(), content()]).toEqual([[], []]);
  });
});

test('nothing is opened, and nothing sealed', async () => {
  db.hold(gone);
  await erase();
  expect(kms.calls()).toHaveLength(0);
  expect(db.dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(0);
});
