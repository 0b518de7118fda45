import '../../support/env.ts';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Fact, Office } from '../../../events/envelope.ts';
import registered from '../../../events/samples/office.registered.v1.json' with { type: 'json' };
import { handler } from '../../../functions/follow-up/follow-up.ts';
import { queueOf } from '../../support/aws.ts';
import { bell } from '../../support/bell.ts';
import { seedDirectory } from '../../support/directory.ts';
import { log, ref, submitted } from '../../support/facts.ts';
import { abroad, home, later, noon } from '../../support/people.ts';
import { subjectNo } from '../../support/subjects.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
let clock: ReturnType<typeof bell>;
const sqs = mockClient(SQSClient);

/** The ledger takes a fact of an office by the referral's type. */
const officeFact = (office: Office, type: string, seq: number, data: object = {}): Fact =>
  ({
    ...registered,
    ...{ type, seq, seen: 0, subject: office, time: noon, country: office.slice(0, 2) },
    id: `${office}/${office.slice(0, 2)}/${seq}`,
    actor: `${office.slice(0, 2)}:operator`,
    data: { ...data, offices: [office] },
  }) as unknown as Fact;
const suspension = (office: Office) => officeFact(office, 'office.suspended.v1', 2);
const suspend = (office: Office) =>
  db.hold([officeFact(office, 'office.registered.v1', 1, registered.data), suspension(office)]);
/** The directory's snapshot, which follow-up reads at most a minute old. */
const projected = (office: Office) => {
  const entries = db.items.get('views directory kr');
  const entry = entries?.offices?.M?.[office]?.M;
  if (entry) Object.assign(entry, marshall({ active: false, suspended: noon }));
};
const asked = (n: number, status: string) => {
  const [pk, sk] = [`inbox#${home}`, `${later(n)}#${subjectNo(n)}`];
  const view = JSON.stringify({ ref: subjectNo(n), offers: [{ status }] });
  db.items.set(`views ${pk} ${sk}`, { pk: { S: pk }, sk: { S: sk }, view: { S: view } });
};
const sent = () =>
  sqs
    .commandCalls(SendMessageCommand)
    .map(({ args }) => JSON.parse(args[0].input.MessageBody ?? ''));
const minute = (n: number) => vi.setSystemTime(Date.parse(later(n)));
const at = (n: number) => `at(${later(n).slice(0, 16)}:00)`;
let hours = 0;

beforeEach(() => {
  db = tables();
  seedDirectory(db);
  clock = bell();
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
  // The copy of the directory that an earlier test left is old by now.
  hours += 1;
  minute(60 * hours);
});

test('when an office is suspended, follow-up looks soon and once more at what it has open, in its own country', async () => {
  await handler(queueOf(suspension(home), suspension(abroad)));
  expect(clock.made().map(({ Name }) => Name?.startsWith(home))).toEqual([true, true]);
  expect(clock.rings()).toEqual([at(60 * hours + 2), at(60 * hours + 30)]);
  expect(db.writes()).toBe(0);
});

test('each referral that it has open is followed up, in messages of a few', async () => {
  suspend(home);
  projected(home);
  for (let n = 1; n <= 30; n += 1) asked(n, n <= 28 ? 'received' : 'completed');
  await handler(queueOf({ subject: home }));
  const first = sent();
  const go = first.at(-1);
  expect(go).toMatchObject({ subject: home, cursor: expect.any(String) });
  await handler(queueOf(go));
  const all = sent().filter(({ subject }) => subject !== home);
  expect(all.map(({ subject }) => subject).toSorted()).toEqual(
    Array.from({ length: 28 }, (_, i) => subjectNo(i + 1)),
  );
});

test('where the directory is behind, it looks again', async () => {
  suspend(home);
  await handler(queueOf({ subject: home }));
  expect(sent()).toEqual([]);
  expect(clock.rings()).toEqual([at(60 * hours + 2)]);
});

test('an office that is not suspended, or another country’s, is nothing to look at', async () => {
  db.hold([officeFact(home, 'office.registered.v1', 1, registered.data)]);
  suspend(abroad);
  await handler(queueOf({ subject: home }, { subject: abroad }));
  expect([sent(), clock.made()]).toEqual([[], []]);
});

test('its open offer ends, with the reason', async () => {
  projected(home);
  db.hold(log(submitted({ lines: [[home]] })));
  await handler(queueOf({ subject: ref }));
  expect(db.ledger().at(1)).toMatchObject({
    type: 'offer.cancelled.v1',
    actor: 'kr:system',
    data: { offer: 'kr1-1', cause: 'suspended' },
  });
});
