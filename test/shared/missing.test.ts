import '../support/env.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { putBack } from '../../shared/put-back.ts';
import { logged } from '../support/env.ts';
import { later, noon } from '../support/people.ts';
import { type Pair, pair } from '../support/reconcilers.ts';
import { nextOf, subjectNo, threeFacts } from '../support/subjects.ts';

const all = { all: true, minAgeSeconds: 0 };
const restoring = { restoring: true };
const when = later(60) as Instant;

let two: Pair;
beforeEach(() => {
  two = pair(noon);
});

/** What the bus once brought, of which the restored ledger has kept the first few. */
const restored = async (kept: number, ...facts: Fact[]) => {
  for (const fact of facts) await two.kr.touched.touch(fact, noon);
  for (const fact of facts.slice(0, kept)) await two.kr.ledger.append(fact);
};
const fromArchive = (...facts: Fact[]) =>
  Promise.all(facts.map((fact) => putBack({ ...two.kr, now: () => when }, fact)));
const missing = async () => (await two.run('kr', all, restoring)).missing;
const chain = (n: number, length: number) => {
  const log: Fact[] = [threeFacts(n, 'kr')[0]];
  while (log.length < length) log.push(nextOf(log, 'kr', log.length));
  return log;
};

describe('a ledger that is being restored', () => {
  test('counts what no copy of the peer brings back, until the archive has', async () => {
    const [one, whole] = [chain(1, 5), chain(2, 3)];
    await restored(2, ...one);
    await restored(0, ...whole); // the restored table has never heard of it
    expect(await missing()).toBe(6);
    const ours = [
      { subject: subjectNo(1), kr: 3, vn: 0 },
      { subject: subjectNo(2), kr: 3, vn: 0 },
    ];
    for (const line of ours)
      expect(logged.map((text) => JSON.parse(text))).toContainEqual(expect.objectContaining(line));
    await fromArchive(...one.toReversed(), ...whole.slice(1));
    expect(await missing()).toBe(1);
    await fromArchive(...whole);
    expect(await missing()).toBe(0);
  });

  test('counts what a later fact comes after, though the bus never brought it', async () => {
    const log = chain(1, 4);
    await restored(1, log[0] as Fact);
    await fromArchive(log[3] as Fact);
    expect(await missing()).toBe(2);
    const both = threeFacts(2);
    const last = nextOf(both, 'kr', 9); // had seen two of the peer's
    await restored(1, both[0], last);
    await fromArchive(last);
    expect(await missing()).toBe(4);
  });

  test('gets copies first: what the peer has is not missing', async () => {
    const log = threeFacts(1);
    await two.hold('vn', ...log);
    await restored(1, ...log);
    const ran = await two.run('kr', all, restoring);
    expect(ran).toMatchObject({ ours: { putBack: 2 }, missing: 0 });
  });

  test('counts also while the peer does not answer to its half, and only then and there', async () => {
    await restored(1, ...chain(1, 3));
    expect((await two.run('kr', { ...all, alone: true }, restoring)).missing).toBe(2);
    for (const run of [all, {}]) expect(await two.run('kr', run)).not.toHaveProperty('missing');
    expect(await two.run('kr', {}, restoring)).not.toHaveProperty('missing');
  });

  test('counts all in a run that goes on page by page', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await restored(1, ...chain(n, 2));
    let found = 0;
    for (let from: unknown, calls = 0; calls === 0 || from; calls += 1) {
      const ran = await two.run('kr', { ...all, from }, { ...restoring, enough: () => false });
      found += ran.missing ?? 0;
      from = ran.next;
    }
    expect(found).toBe(6);
  });

  test('overwrites nothing: a slot with another fact in it is told of', async () => {
    const log = threeFacts(1);
    const another = { ...log[2], time: later(99) };
    await two.hold('vn', ...log);
    await two.hold('kr', log[0], another);
    await two.run('kr', all, restoring);
    expect(two.kr.ledger.all().map(({ fact }) => fact)).toContainEqual(another);
    expect(logged.join()).toContain('the slot holds other bytes');
    expect(await fromArchive(log[0], log[2])).toEqual(['already-back', 'other-bytes']);
  });
});
