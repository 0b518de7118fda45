import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Country, Fact, Instant, Reach } from '../events/envelope.ts';
import { factItems } from './ledger.ts';
import type { Counts } from './referral/order.ts';

/** A fact as its ledger holds it, and since when: the peer's since it came, our own since it was written. */
export type Slot = Pick<Fact, 'subject' | 'country' | 'seq' | 'reach'> & {
  readonly text: string;
  readonly since: Instant;
};

/** How far a subject is known: facts of each country without a gap. */
export type Head = { readonly subject: string; readonly reach: Reach; readonly counts: Counts };
export type Page = { readonly heads: readonly Head[]; readonly next?: string };

/** The ledger for comparing: torn or not, it is shown as it is, since a restored one may have gaps. */
export type Slots = {
  of(subject: string): Promise<Slot[]>;
  /** One page of a scan in `SEGMENTS` parallel parts; `next` is where the following one begins. */
  scan(segment: number, at?: string): Promise<Page>;
};

export const SEGMENTS = 4;
const ITEMS_A_PAGE = 500;

/** The head of one subject's slots; nothing when there are none. */
export const headOf = (slots: readonly Slot[]): Head | undefined => {
  const [first] = slots;
  if (!first) return undefined;
  const { subject, reach } = first;
  return { subject, reach, counts: { kr: unbroken(slots, 'kr'), vn: unbroken(slots, 'vn') } };
};

const unbroken = (slots: readonly Slot[], country: Country): number => {
  const here = new Set(slots.filter((slot) => slot.country === country).map(({ seq }) => seq));
  let count = 0;
  while (here.has(count + 1)) count += 1;
  return count;
};

type Item = Record<string, { S?: string }>;

const slotOf = ({ fact, receivedAt }: Item): Slot => {
  const text = fact?.S ?? 'null';
  const { subject, country, seq, reach, time } = JSON.parse(text) as Fact;
  return { subject, country, seq, reach, text, since: (receivedAt?.S ?? time) as Instant };
};

export const slotsIn = (client: DynamoDBClient, table: string): Slots => {
  const of = async (subject: string): Promise<Slot[]> =>
    (await factItems(client, table, subject)).map((item) => slotOf(item as Item));
  return {
    of,
    async scan(segment, at) {
      const begun = at === undefined ? undefined : keyIn(at);
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: table,
          Segment: segment,
          TotalSegments: SEGMENTS,
          Limit: ITEMS_A_PAGE,
          ProjectionExpression: 'pk, sk, fact',
          ...(begun && { ExclusiveStartKey: begun }),
        }),
      );
      const facts = (Items as Item[]).filter(({ sk }) => sk?.S?.startsWith('fact#'));
      const slots = facts.map(slotOf).filter(({ subject }) => subject !== begun?.pk.S);
      const cut = LastEvaluatedKey?.pk?.S;
      const heads: Head[] = [];
      // A page may end in the middle of a subject: that one is read whole here, and skipped there.
      for (const [subject, group] of Map.groupBy(slots, ({ subject }) => subject))
        heads.push(headOf(subject === cut ? await of(subject) : group) as Head);
      return { heads, ...(LastEvaluatedKey && { next: cursorOf(LastEvaluatedKey as Item) }) };
    },
  };
};

const cursorOf = ({ pk, sk }: Item) =>
  Buffer.from(JSON.stringify([pk?.S, sk?.S])).toString('base64url');

const keyIn = (cursor: string) => {
  const [pk, sk] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  return { pk: { S: String(pk) }, sk: { S: String(sk) } };
};
