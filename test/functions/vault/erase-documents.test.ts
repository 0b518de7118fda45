import '../../support/env.ts';
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { handler } from '../../../functions/vault/erase.ts';
import { queueOf } from '../../support/aws.ts';
import { bucket } from '../../support/bucket.ts';
import { seedDirectory } from '../../support/directory.ts';
import { logged } from '../../support/env.ts';
import { log, onward, ref, submitted } from '../../support/facts.ts';
import { home, sender } from '../../support/people.ts';
import { consentWithdrawn } from '../../support/steps.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let files: ReturnType<typeof bucket>;
const sqs = mockClient(SQSClient);
beforeEach(() => {
  db = tables();
  files = bucket({ pageSize: 2 });
  seedDirectory(db);
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  for (const id of ['1/d1-a', '1/d1-a', '1/d1-b', '2/d2-c', '2/d2-d'])
    files.put(`documents/${ref}/${id}`);
  files.put(`unconfirmed/${ref}/1/d1-e`);
  files.put(anothers);
});
const anothers = 'documents/ref_00000000000000000000000000/1/d1-f';

const all = ['kr1-1', 'kr1-2', 'kr1-3', 'kr1-4', 'kr1-5'];
const withdrawn = onward(
  log(submitted({ lines: [[home]] })),
  consentWithdrawn(home, 'kr2-1', ...all),
);
const gone = onward(withdrawn, {
  type: 'consent.withdrawal-confirmed.v1',
  actor: 'kr:system',
  data: { offices: [sender], withdrawals: ['kr2-1'], destroyed: true },
});
const erase = (more: object = {}) => handler(queueOf({ subject: ref, ...more }));
const erased = () => db.ledger().filter(({ type }) => type === 'content.erased.v1');
const sent = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
const lines = () => logged.map((line) => JSON.parse(line));

test('documents of an erased referral are gone in every version, and nobody else’s', async () => {
  db.hold(gone);
  await erase();
  expect([files.keys(), erased().length]).toEqual([[anothers], 1]);
  expect(lines()).toContainEqual(expect.objectContaining({ message: 'erased', files: 6 }));
});

test('documents are looked for again ten minutes later, which needs no other word', async () => {
  db.hold(gone);
  await erase();
  expect(sent()).toEqual([
    {
      QueueUrl: 'https://sqs.invented.example/erase',
      DelaySeconds: 600,
      MessageBody: JSON.stringify({ subject: ref, sweep: true }),
    },
  ]);
  files.put(`unconfirmed/${ref}/1/d1-late`);
  await erase({ sweep: true });
  expect([files.keys(), erased().length, sent().length]).toEqual([[anothers], 1, 1]);
  expect(lines()).toContainEqual(expect.objectContaining({ message: 'swept', files: 1 }));
});

test('no fact can ask for the second look in place of the first', async () => {
  db.hold(gone);
  await erase({ id: 'a fact', sweep: true });
  expect([erased().length, sent().length]).toEqual([1, 1]);
});

test('documents stay where nothing was erased, whoever asks', async () => {
  db.hold(withdrawn);
  await erase({ sweep: true });
  await erase();
  expect(files.keys()).toHaveLength(6);
  expect([erased(), sent()]).toEqual([[], []]);
});

test('what does not go comes again, and nothing is said before', async () => {
  db.hold(gone);
  files.s3.on(DeleteObjectsCommand).resolvesOnce({ Errors: [{ Code: 'InternalError' }] });
  await expect(erase()).rejects.toThrow('Some versions were not deleted');
  expect([erased(), sent()]).toEqual([[], []]);
});
