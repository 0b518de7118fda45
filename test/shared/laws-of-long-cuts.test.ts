import { writeSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { Country, Fact } from '../../events/envelope.ts';
import { entryOf } from '../../shared/published.ts';
import { type Parted, parted } from '../support/long-cuts.ts';
import { later, noon } from '../support/people.ts';
import { type Pair, pair } from '../support/reconcilers.ts';
import { seed, times } from '../support/seed.ts';

// A cut longer than EventBridge tries (24 h), one longer than a dead-letter queue keeps (14 days), and a publisher that is
// down for longer than the stream keeps. Afterwards what is younger than a day comes by itself; all else is lost.

const HOUR = 60;
const DAY = 24 * HOUR;
const REFERRALS = 200 * times;
const nothing = { toPeer: 0, toBus: 0, putBack: 0 };

let two: Pair;
beforeEach(() => {
  two = pair(noon);
});

const drawn = (minutes: number, until?: Country): Parted[] =>
  Array.from({ length: REFERRALS }, (_, n) =>
    parted(n, seed, { minutes, ...(until && { until }) }),
  );

const factsOf = (parts: readonly Parted[], which: keyof Parted, country?: Country) =>
  parts.flatMap((of) => of[which].filter((fact) => !country || fact.country === country));

const textsIn = ({ ledger }: Pair['kr']) =>
  ledger
    .all()
    .map(({ text }) => text)
    .sort();

/** Stream and EventBridge still have what is younger than a day: it goes out by itself. */
const comesByItself = ({ sent }: Pair['kr'], facts: readonly Fact[], end: number) => {
  const since = later(end - DAY);
  const young = facts.filter(({ time }) => time > since);
  sent.push(...young.flatMap((fact) => entryOf(JSON.stringify(fact)) ?? []));
  return facts.length - young.length;
};

/** One run for all, which must leave nothing to repair, and both ledgers with all that either country decided. */
const heals = async (name: string, parts: readonly Parted[], end: number) => {
  two.at(later(end));
  const begun = performance.now();
  const ran = await two.run('kr', { all: true });
  const took = performance.now() - begun;
  await two.deliver();
  const decided = [...factsOf(parts, 'before'), ...factsOf(parts, 'during')];
  expect(textsIn(two.kr)).toEqual(decided.map((fact) => JSON.stringify(fact)).sort());
  expect(textsIn(two.vn)).toEqual(textsIn(two.kr));
  const repaired = ran.ours.toPeer + ran.ours.toBus + ran.theirs.toPeer + ran.theirs.toBus;
  two.at(later(end + 2 * DAY));
  for (const country of ['kr', 'vn'] as const) {
    const again = await two.run(country, { all: true });
    expect(again).toEqual({ ours: nothing, theirs: nothing, silent: false });
  }
  const rate = ((took / decided.length) * 1000).toFixed(1);
  writeSync(
    2,
    `${name}: ${decided.length} facts, ${repaired} repaired, ${rate} ms per 1,000 facts (SEED=${seed})\n`,
  );
  return ran;
};

test.each([
  ['a cut of 30 hours', 30 * HOUR],
  ['a cut of 40 days', 40 * DAY],
])(
  '%s, both sides deciding on: one reconcile makes the ledgers equal, loses nothing, and a second repairs nothing',
  async (name, minutes) => {
    const parts = drawn(minutes);
    for (const country of ['kr', 'vn'] as const) {
      await two.hold(country, ...factsOf(parts, 'before'));
      await two.hold(country, ...factsOf(parts, 'during', country));
    }
    const lost = (country: Country) =>
      comesByItself(two[country], factsOf(parts, 'during', country), minutes);
    const [ours, theirs] = [lost('kr'), lost('vn')];
    expect(Math.min(ours, theirs)).toBeGreaterThan(REFERRALS / 10);
    // Not one more than such a cut excuses.
    expect(await heals(name, parts, minutes)).toEqual({
      ours: { ...nothing, toPeer: ours },
      theirs: { ...nothing, toPeer: theirs },
      silent: false,
    });
  },
);

test('a publisher down for 26 hours: one reconcile tells the peer and the own bus what the stream forgot, and a second repairs nothing', async () => {
  const minutes = 26 * HOUR;
  const parts = drawn(minutes, 'kr');
  for (const country of ['kr', 'vn'] as const) await two.hold(country, ...factsOf(parts, 'before'));
  await two.hold('vn', ...factsOf(parts, 'during', 'vn'));
  // The Korean ledger has both countries' facts, and its bus carried none of them.
  const [own, came] = [factsOf(parts, 'during', 'kr'), factsOf(parts, 'during', 'vn')];
  for (const fact of own) await two.kr.ledger.append(fact);
  for (const fact of came) await two.kr.ledger.append(fact, { receivedAt: fact.time });
  const ours = { toPeer: comesByItself(two.kr, own, minutes), toBus: 0, putBack: 0 };
  ours.toBus = comesByItself(two.kr, came, minutes);
  expect(Math.min(ours.toPeer, ours.toBus)).toBeGreaterThan(0);
  const ran = await heals('a publisher down for 26 hours', parts, minutes);
  expect(ran).toEqual({ ours, theirs: nothing, silent: false });
});
