import type { Country, Fact } from '../../events/envelope.ts';
import type { Direction } from '../../events/referral.ts';

export type Counts = Readonly<Record<Country, number>>;

export const peerOf = (country: Country): Country => (country === 'kr' ? 'vn' : 'kr');
export const countryOf = (office: string): Country => (office.startsWith('kr') ? 'kr' : 'vn');

/** The common order: cause before effect, and the same in both countries, whatever the arrival. */
export const inOrder = (a: Position, b: Position): number =>
  a.seq + a.seen - (b.seq + b.seen) ||
  (a.country < b.country ? -1 : Number(a.country > b.country)) ||
  a.seq - b.seq;
type Position = Pick<Fact, 'country' | 'seq' | 'seen'>;

/** The slot of a fact and when it was written. */
export const momentOf = ({ country, seq, time }: Slotted) => ({ country, seq, at: time });
/** The same, and what it had seen: its place in the common order. */
export const positionOf = (fact: Slotted) => ({ ...momentOf(fact), seen: fact.seen });
type Slotted = Pick<Fact, 'country' | 'seq' | 'seen' | 'time'>;

/** Whether a fact knew an earlier one: a closing is undone only by what had seen it. */
export const hadSeen = (later: Position, earlier: Pick<Position, 'country' | 'seq'>): boolean =>
  later.country === earlier.country ? earlier.seq < later.seq : earlier.seq <= later.seen;

/** Whether a fact knew the slot that an id is named after. */
export const knewSlot = (fact: Position, id: string): boolean => {
  const [, country, seq] = /^(kr|vn)(\d+)-/.exec(id) ?? [];
  return hadSeen(fact, { country: country as Country, seq: Number(seq) });
};

/** The way that data takes from a country to an office. */
export const directionTo = (from: Country, office: string): Direction => {
  const to = countryOf(office);
  if (to === from) return from;
  return from === 'kr' ? 'kr-vn' : 'vn-kr';
};

/** How many facts of each country are here; they have no holes (`missing`). */
export const countsOf = (facts: readonly Fact[]): Counts => {
  const last = (country: Country) =>
    facts.reduce((most, f) => (f.country === country ? Math.max(most, f.seq) : most), 0);
  return { kr: last('kr'), vn: last('vn') };
};

/** Whether a fact's causes are all among these counts: the earlier ones of its country, and those that it had seen. */
export const causesHere = (counts: Counts, { country, seq, seen }: Fact): boolean =>
  counts[country] >= seq - 1 && counts[peerOf(country)] >= seen;

/** The slot that this country writes next, as the ids of what a fact makes begin. */
export const nextSlot = (counts: Counts, country: Country): string =>
  `${country}${counts[country] + 1}`;

/** Whether a load is torn: a slot is empty, or a fact had seen more than was read. A `Query` is no snapshot. */
export const torn = (facts: readonly Fact[]): boolean => {
  const counts = countsOf(facts);
  return facts.length !== counts.kr + counts.vn || !facts.every((fact) => causesHere(counts, fact));
};

/** What a fact had seen: the log as it was when it was decided. */
export const seenBy = (fact: Fact, facts: readonly Fact[]): Fact[] =>
  facts.filter((f) => (f.country === fact.country ? f.seq < fact.seq : f.seq <= fact.seen));

/** Facts whose `seen` falls below an earlier one of their country: no honest ledger writes them. */
export const backwards = (facts: readonly Fact[]): Set<Fact> => {
  const most = { kr: 0, vn: 0 };
  const found = new Set<Fact>();
  for (const fact of facts.toSorted((a, b) => a.seq - b.seq)) {
    if (fact.seen < most[fact.country]) found.add(fact);
    most[fact.country] = Math.max(most[fact.country], fact.seen);
  }
  return found;
};
