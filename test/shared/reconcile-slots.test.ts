import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { slotKey } from '../../shared/ledger.ts';
import { closed } from '../../shared/restoring.ts';
import { headOf, type Slot, slotsIn } from '../../shared/slots.ts';
import { memory } from '../support/memory.ts';
import { threeFacts } from '../support/subjects.ts';
import { tables } from '../support/tables.ts';

/** A ledger whose scan gives so many items a page, wherever that cuts a subject. */
const scannedBy = (items: number) => {
  const db = tables();
  const facts = [1, 2, 3, 4, 5].flatMap((n) => threeFacts(n));
  db.hold(facts);
  db.items.set('ledger border heartbeat', { pk: { S: 'border' }, sk: { S: 'heartbeat' } });
  db.dynamo.on(ScanCommand).callsFake(async ({ ExclusiveStartKey }) => {
    const all = [...db.items.values()];
    const key = (item: Record<string, { S?: string }>) => `${item.pk?.S} ${item.sk?.S}`;
    const from = ExclusiveStartKey
      ? all.findIndex((item) => key(item as never) === key(ExclusiveStartKey)) + 1
      : 0;
    const page = all.slice(from, from + items);
    const last = page.at(-1);
    const more = from + items < all.length && last;
    return { Items: page, ...(more && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) };
  });
  return slotsIn(new DynamoDBClient({}), 'ledger');
};

test.each([1, 2, 3, 4, 5, 7, 100])(
  'a scan in pages of %i items gives every subject once and whole',
  async (items) => {
    const slots = scannedBy(items);
    const heads = [];
    for (let at: string | undefined, more = true; more; more = at !== undefined) {
      const page = await slots.scan(0, at);
      heads.push(...page.heads);
      at = page.next;
    }
    expect(heads).toEqual(
      [1, 2, 3, 4, 5].map((n) => ({
        subject: threeFacts(n)[0].subject,
        reach: 'both',
        counts: { kr: 1, vn: 2 },
      })),
    );
  },
);

test('a head counts up to the first gap: what stands behind it is published again', () => {
  const slot = (country: 'kr' | 'vn', seq: number) =>
    ({ subject: 'ref', reach: 'both', country, seq }) as Slot;
  expect(headOf([slot('kr', 1), slot('kr', 3), slot('vn', 2)])?.counts).toEqual({ kr: 1, vn: 0 });
  expect(headOf([])).toBeUndefined();
});

test('a closed ledger takes what comes from the peer and nothing of its own country', async () => {
  const ledger = memory();
  const [ours, theirs] = threeFacts(1) as [Fact, Fact, Fact];
  const shut = closed(ledger, 'kr');
  const refusal = await shut.append(ours).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal).toMatchObject({ code: 'restoring', status: 503 });
  await shut.append(theirs);
  expect(ledger.all().map(({ fact }) => slotKey(fact))).toEqual(['fact#vn#000001']);
});
