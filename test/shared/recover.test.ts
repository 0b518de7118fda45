import { expect, test } from 'vitest';
import type { Queue } from '../../shared/queue.ts';
import { eraseAgainPage, recoverPage } from '../../shared/recover.ts';

const scan = async (segment: number, at?: string) => {
  const heads = [
    { subject: `ref_${segment}${at ?? ''}`, reach: 'both' as const, counts: { kr: 1, vn: 0 } },
    { subject: 'vn-invented-office', reach: 'both' as const, counts: { kr: 0, vn: 1 } },
  ];
  return { heads, ...(segment === 1 && !at && { next: 'more' }) };
};
const pending = async (cursor?: string) =>
  cursor ? { ids: ['msg_c'] } : { ids: ['msg_a', 'msg_b'], next: 'cursor' };

const run = async () => {
  const looks: object[] = [];
  const sent: unknown[] = [];
  const followUp: Queue = { send: async (message) => void looks.push(message) };
  const deliver: Queue = { send: async (message, fifo) => void sent.push([message, fifo]) };
  let [from, pages]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await recoverPage(
      { slots: { scan }, deliveries: { pending }, followUp, deliver },
      from,
    );
    from = page.next;
    pages += 1;
  } while (from !== undefined && pages < 20);
  return { looks, sent, pages };
};

test('every referral is looked at again, and what waits is sent again under its own id', async () => {
  const { looks, sent, pages } = await run();
  expect(looks).toEqual(
    ['ref_0', 'ref_1', 'ref_1more', 'ref_2', 'ref_3'].map((subject) => ({ subject })),
  );
  expect(sent).toEqual(
    ['msg_a', 'msg_b', 'msg_c'].map((id) => [{ id }, { group: id, once: `recover-${id}` }]),
  );
  expect(pages).toBe(7);
});

test('after a restore every referral is looked at once more by what erases, and nothing else is', async () => {
  const asked: object[] = [];
  const erase: Queue = { send: async (message) => void asked.push(message) };
  let [from, counted]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await eraseAgainPage({ slots: { scan }, erase }, from);
    counted += page.asked;
    from = page.next;
  } while (from !== undefined);
  expect(asked).toEqual(
    ['ref_0', 'ref_1', 'ref_1more', 'ref_2', 'ref_3'].map((subject) => ({ subject })),
  );
  expect(counted).toBe(5);
  await expect(eraseAgainPage({ slots: { scan }, erase }, 'deliveries')).rejects.toMatchObject({
    code: 'invalid-field',
  });
});

test.each(['', 'ledger-9', 'rows', 'deliveries:?'])(
  'a page that does not exist is refused: %j',
  async (from) => {
    const none = { send: async () => {} };
    const page = recoverPage(
      { slots: { scan }, deliveries: { pending }, followUp: none, deliver: none },
      from,
    );
    await expect(page).rejects.toMatchObject({ code: 'invalid-field' });
  },
);
