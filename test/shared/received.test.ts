import { describe, expect, test } from 'vitest';
import type { Fact } from '../../events/envelope.ts';
import { Conflict } from '../../shared/errors.ts';
import { received } from '../../shared/received.ts';
import { log, onward, placed, ref, submitted } from '../support/facts.ts';
import { borderOf, memory } from '../support/memory.ts';
import { home, noon, union } from '../support/people.ts';
import { accepted, acknowledged, declined, newer } from '../support/steps.ts';

const facts = onward(log(submitted()), acknowledged(), declined());
const [first, second, third] = facts as [Fact, Fact, Fact];
const at = (...known: Fact[]) => {
  const ledger = memory(known);
  return { ledger, receive: (detail: unknown) => received(borderOf('kr', ledger), detail) };
};

test('a fact of the peer goes into its slot as it came, member by member, with when it came beside it', async () => {
  const { ledger, receive } = at(first);
  const { data, ...rest } = second;
  const turned = { zulu: 'kept', data: { more: [1], ...data }, ...rest };
  expect(await receive(turned)).toBe('appended');
  const there = ledger.all().at(-1);
  expect(there?.text).toBe(JSON.stringify(turned));
  expect(there?.receivedAt).toBe(noon);
});

test('the same again is a repeat, and writes nothing', async () => {
  const { ledger, receive } = at(first, second);
  expect(await receive(second)).toBe('repeat');
  expect(await receive(Object.fromEntries(Object.entries(second).reverse()))).toBe('repeat');
  expect(ledger.calls).not.toContain('append');
});

describe('a fact waits', () => {
  test('until the earlier facts of its country are here', async () => {
    const { ledger, receive } = at(first);
    expect(await receive(third)).toBe('waiting');
    expect(await receive(second)).toBe('appended');
    expect(await receive(third)).toBe('appended');
    expect(ledger.all()).toHaveLength(3);
  });

  test('until ours that it had seen are here', async () => {
    const { receive } = at();
    expect(await receive(second)).toBe('waiting');
  });

  test('when somebody else takes the slot in the same moment: it may be a repeat', async () => {
    const { ledger } = at(first);
    const racing = { ...ledger, append: () => Promise.reject(new Conflict('taken')) };
    expect(await received(borderOf('kr', racing), second)).toBe('waiting');
  });
});

describe('what is not the peer’s fact is refused, and never written', () => {
  test.each<[string, object]>([
    ['no envelope', { hello: 'world' }],
    ['of our own country', first],
    ['of a country that it does not have', { ...second, country: 'us' }],
    ['of another source', { ...second, source: 'urn:referrals:kr' }],
    ['with the id of another slot', { ...second, id: `${ref}/vn/2` }],
    ['with the id of another subject', { ...second, id: `${union}/vn/1` }],
    ['with a slot beyond all numbers', { ...second, seq: 2 ** 31, id: `${ref}/vn/${2 ** 31}` }],
    ['without offices', { ...second, data: { offices: [] } }],
  ])('%s', async (_, detail) => {
    const { ledger, receive } = at(first);
    expect(await receive(detail)).toBe('refused');
    expect(ledger.all()).toHaveLength(1);
  });

  test.each([null, undefined, 7, 'text', []])('%j', async (detail) => {
    expect(await at(first).receive(detail)).toBe('refused');
  });

  test('with other bytes in a slot that is taken', async () => {
    const { ledger, receive } = at(first, second);
    expect(await receive({ ...second, time: '2026-11-24T00:00:00.000Z' })).toBe('refused');
    expect(await receive({ ...second, data: { ...second.data, more: 1 } })).toBe('refused');
    expect((await ledger.load(ref))[1]?.fact).toEqual(second);
  });
});

test.each<[string, Fact]>([
  ['a wrong actor', placed({ ...acknowledged(), actor: union }, 'vn', 1, 1)],
  [
    'what its country does not own',
    placed({ ...accepted({ office: home }), actor: home }, 'vn', 1, 1),
  ],
  ['a kind that this version does not know', placed(newer, 'vn', 1, 1)],
  ['a reach that is not that of the first', placed({ ...acknowledged(), reach: 'vn' }, 'vn', 1, 1)],
])('%s is kept all the same: the fold judges, alike in both countries', async (_, fact) => {
  const { receive } = at(first);
  expect(await receive(fact)).toBe('appended');
});

test('any other failure is passed on, so that the message comes again', async () => {
  const { ledger } = at(first);
  const broken = { ...ledger, append: () => Promise.reject(new Error('throttled')) };
  await expect(received(borderOf('kr', broken), second)).rejects.toThrow('throttled');
});
