import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact, Instant } from '../../events/envelope.ts';
import { agreesOn } from '../../shared/agrees-on.ts';
import { later, noon } from '../support/people.ts';
import { type Pair, pair } from '../support/reconcilers.ts';
import { nextOf, subjectNo, threeFacts } from '../support/subjects.ts';

const DAY = 24 * 60;
const tomorrow = later(DAY + 30);
const nothing = { toPeer: 0, toBus: 0, putBack: 0 };
const all = { all: true };

let two: Pair;
beforeEach(() => {
  two = pair(noon);
});
const idsIn = ({ ledger }: Pair['kr']) =>
  ledger
    .all()
    .map(({ fact }) => fact.id)
    .sort();
/** Held by both, or only by the country that wrote it. */
const shared = async (...facts: Fact[]) => {
  await two.hold('kr', ...facts);
  await two.hold('vn', ...facts);
};

describe('nothing to do when nothing was lost', () => {
  test.each([{}, all, { subject: subjectNo(3) }])('%j', async (which) => {
    for (let n = 1; n <= 9; n += 1) await shared(...threeFacts(n));
    two.at(tomorrow);
    const ran = await two.run('kr', which);
    expect(ran).toEqual({ ours: nothing, theirs: nothing, silent: false });
    expect([two.kr.sent, two.vn.sent]).toEqual([[], []]);
  });

  test('nor while facts are on their way: younger than stream and EventBridge try', async () => {
    const facts = threeFacts(1);
    await two.hold('kr', facts[0]);
    two.at(later(DAY - 1));
    expect((await two.run('kr', all)).ours).toEqual(nothing);
    two.at(later(DAY + 1));
    expect((await two.run('kr', all)).ours).toEqual({ ...nothing, toPeer: 1 });
  });
});

describe('what was lost on the border', () => {
  test('comes back in both directions with one run, and a second repairs nothing', async () => {
    const [a, b, c] = threeFacts(1);
    const [d] = threeFacts(2);
    await shared(a);
    await two.hold('vn', b, c);
    await two.hold('kr', d);
    await two.hold('vn', ...threeFacts(3));
    two.at(tomorrow);
    const ran = await two.run('kr', all);
    expect(ran.ours).toEqual({ ...nothing, toPeer: 1 });
    expect(ran.theirs).toEqual({ ...nothing, toPeer: 4 });
    expect(two.kr.sent.map(({ source }) => source)).toEqual(['referrals.kr']);
    expect(two.vn.sent.map(({ source }) => source)).toEqual(Array(4).fill('referrals.vn'));
  });

  test('is published as it stands, and both ledgers are equal once it arrived', async () => {
    const logs = [1, 2, 3, 4, 5, 6, 7].map((n) => threeFacts(n));
    for (const [first, ...others] of logs) {
      await shared(first);
      await two.hold('vn', ...others);
    }
    two.at(tomorrow);
    const ran = await two.run('kr', all);
    expect(ran.theirs.toPeer).toBe(14);
    expect(two.vn.sent.map(({ detail }) => detail).sort()).toEqual(
      two.vn.ledger
        .all()
        .filter(({ fact }) => fact.country === 'vn')
        .map(({ text }) => text)
        .sort(),
    );
    await two.deliver();
    expect(idsIn(two.kr)).toEqual(idsIn(two.vn));
    const again = await two.run('vn', all);
    expect([again.ours, again.theirs]).toEqual([nothing, nothing]);
  });

  test('is found by the hourly run of the country that wrote it, and by no more reading than what was touched', async () => {
    for (let n = 1; n <= 20; n += 1) await shared(...threeFacts(n));
    const long = 40 * DAY;
    two.at(later(long));
    const [first, second, third] = threeFacts(7);
    await two.hold('kr', nextOf([first, second, third], 'kr', long));
    two.at(later(long + DAY + 60));
    const ran = await two.run('kr', { alone: true });
    expect(ran.ours).toEqual({ ...nothing, toPeer: 1 });
    expect(two.asked).toEqual([JSON.stringify({ ask: 'counts', subjects: [subjectNo(7)] })]);
  });

  test('a cut of forty days, both sides going on, is healed by one run', async () => {
    const base = threeFacts(1);
    await shared(...base);
    const ours: Fact[] = [...base];
    const theirs: Fact[] = [...base];
    for (let day = 0; day < 40; day += 1) {
      ours.push(nextOf(ours, 'kr', day * DAY));
      theirs.push(nextOf(theirs, 'vn', day * DAY));
    }
    await two.hold('kr', ...ours.slice(3));
    await two.hold('vn', ...theirs.slice(3));
    two.at(later(41 * DAY));
    const ran = await two.run('kr', { subject: subjectNo(1) });
    expect([ran.ours.toPeer, ran.theirs.toPeer]).toEqual([40, 40]);
    await two.deliver();
    expect(idsIn(two.kr)).toEqual(idsIn(two.vn));
    const again = await two.run('kr', all);
    expect([again.ours, again.theirs]).toEqual([nothing, nothing]);
  });

  test('twice at once, and beside live traffic, is as once', async () => {
    const [a, b, c] = threeFacts(1);
    await shared(a);
    await two.hold('vn', b, c);
    two.at(tomorrow);
    const runs = [two.run('kr', all), two.run('vn', all), two.run('vn', { alone: true, ...all })];
    await two.hold('kr', nextOf([a], 'kr', DAY + 30));
    await Promise.all(runs);
    await two.deliver();
    expect(idsIn(two.kr)).toEqual(
      idsIn(two.vn)
        .concat(`${subjectNo(1)}/kr/2`)
        .sort(),
    );
  });
});

describe('what the own stream forgot', () => {
  test.each<['kr' | 'both']>([['kr'], ['both']])('reaches the own bus: reach %s', async (reach) => {
    const facts = threeFacts(1, reach);
    for (const fact of facts) await two.kr.ledger.append(fact);
    if (reach === 'both') await two.hold('vn', ...facts);
    two.at(tomorrow);
    expect((await two.run('kr')).ours).toEqual(nothing); // untouched: not seen by the hourly run
    const ran = await two.run('kr', all);
    expect(ran.ours).toEqual({ ...nothing, toBus: 3 });
    // The peer's facts under the peer's source, so that none goes back over the border.
    const sources = two.kr.sent.map(({ source }) => source);
    expect(sources).toEqual(['referrals.kr', 'referrals.vn', 'referrals.vn']);
    await two.deliver();
    expect((await two.run('kr', all)).ours).toEqual(nothing);
  });

  test('also a single fact in the middle, though the fold has long seen it', async () => {
    const [a, b, c] = threeFacts(1);
    await two.hold('vn', a, b, c);
    await two.hold('kr', a);
    await two.kr.ledger.append(b, { receivedAt: later(2) });
    await two.hold('kr', c);
    two.at(tomorrow);
    await two.run('kr', all);
    expect(two.kr.sent.map(({ detail }) => JSON.parse(detail).id)).toEqual([b.id]);
  });

  test('is published once where the peer lacks it too', async () => {
    const [first] = threeFacts(1);
    await two.kr.ledger.append(first);
    two.at(tomorrow);
    expect((await two.run('kr', all)).ours).toEqual({ ...nothing, toPeer: 1 });
    expect(two.kr.sent).toHaveLength(1);
  });

  test('is not told again once webhooks would be sent a second time', async () => {
    await two.kr.ledger.append(threeFacts(1, 'kr')[0]);
    two.at(later(91 * DAY));
    expect((await two.run('kr', all)).ours).toEqual(nothing);
  });

  test('reaches it while the peer does not answer, which is said and hides nothing', async () => {
    await two.kr.ledger.append(threeFacts(1, 'kr')[0]);
    await two.hold('kr', threeFacts(2)[0]);
    two.silence(true);
    two.at(tomorrow);
    const ran = await two.run('kr', all);
    expect(ran).toMatchObject({ ours: { ...nothing, toBus: 1 }, silent: true });
    two.silence(false);
    expect((await two.run('kr', all)).ours.toPeer).toBe(1);
  });
});

describe('a domestic subject', () => {
  test('is never named to the peer, and of the peer’s own none is told', async () => {
    for (const n of [1, 2, 3]) await two.hold('kr', threeFacts(n, 'kr')[0]);
    await two.hold('kr', threeFacts(4)[0]);
    await two.hold('vn', threeFacts(5, 'vn')[1]);
    two.at(tomorrow);
    await two.run('kr', all);
    expect(two.asked.join()).toContain(subjectNo(4));
    for (const n of [1, 2, 3]) expect(two.asked.join()).not.toContain(subjectNo(n));
    const guessed = await two.kr.peer.counts([subjectNo(5), subjectNo(6)]);
    expect(guessed).toEqual({});
  });
});

describe('agreesOn', () => {
  const asks = (subject: string) => agreesOn(two.kr, subject);
  const [a, b, c] = threeFacts(1);

  test('is true only while both hold the same', async () => {
    await shared(a);
    expect(await asks(subjectNo(1))).toBe(true);
    await two.hold('vn', b);
    expect(await asks(subjectNo(1))).toBe(false);
    await two.hold('kr', b, c);
    expect(await asks(subjectNo(1))).toBe(false);
    await two.hold('vn', c);
    expect(await asks(subjectNo(1))).toBe(true);
  });

  test('needs nobody’s word for a domestic one, is false for none, and throws when nobody answers', async () => {
    await two.hold('kr', threeFacts(2, 'kr')[0], a);
    two.silence(true);
    expect(await asks(subjectNo(2))).toBe(true);
    expect(await asks(subjectNo(9))).toBe(false);
    await expect(asks(subjectNo(1))).rejects.toThrow();
  });
});

describe('a run that has not time enough', () => {
  test('goes on where it stopped, and misses nothing', async () => {
    for (let n = 1; n <= 30; n += 1) await two.hold('kr', threeFacts(n)[0]);
    for (let n = 31; n <= 40; n += 1) await two.hold('vn', ...threeFacts(n));
    two.at(tomorrow);
    let found = 0;
    let calls = 0;
    for (let from: unknown; calls === 0 || from; calls += 1) {
      const ran = await two.run('kr', { ...all, from }, { enough: () => false });
      found += ran.ours.toPeer + ran.theirs.toPeer;
      from = ran.next;
    }
    expect(found).toBe(50);
    expect(calls).toBeGreaterThan(4);
  });

  test('does its own half alone where it was asked to', async () => {
    await two.hold('vn', ...threeFacts(1));
    two.at(tomorrow);
    const ran = await two.run('kr', { ...all, alone: true });
    expect(ran.theirs).toEqual(nothing);
    expect(two.asked).toEqual([]);
  });
});

describe('a ledger restored to an earlier time', () => {
  const restoring = { restoring: true };
  const when = later(60) as Instant;

  test('gets its own facts back into their slots as they were, and the peer’s that they rest on', async () => {
    for (let n = 1; n <= 9; n += 1) {
      const log = threeFacts(n);
      const last = nextOf(log, 'kr', 9);
      await two.hold('vn', ...log, last);
      await two.hold('kr', ...log.slice(0, n % 4));
    }
    two.at(when);
    const ran = await two.run('kr', { ...all, minAgeSeconds: 0 }, restoring);
    const lacked = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((sum, n) => sum + 4 - (n % 4), 0);
    expect(ran.ours.putBack).toBe(lacked);
    const texts = ({ ledger }: Pair['kr']) =>
      ledger
        .all()
        .map(({ text }) => text)
        .sort();
    expect(texts(two.kr)).toEqual(texts(two.vn));
    for (const { fact, receivedAt } of two.kr.ledger.all())
      expect(fact.country === 'kr' ? receivedAt : undefined).toBeUndefined();
    const again = await two.run('kr', { ...all, minAgeSeconds: 0 }, restoring);
    expect(again.ours.putBack).toBe(0);
  });

  test('takes back nothing that is not a fact of that subject', async () => {
    const log = threeFacts(1);
    await two.hold('vn', log[0]);
    const forged = { ...log[0], id: `${subjectNo(2)}/kr/1` };
    const [slot] = two.vn.ledger.all();
    Object.assign(slot ?? {}, { text: JSON.stringify(forged) });
    await expect(two.run('kr', all, restoring)).rejects.toThrow();
    expect(two.kr.ledger.all()).toEqual([]);
  });
});
