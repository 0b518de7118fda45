import type { Country, Instant } from '../events/envelope.ts';
import type { Bus } from './bus.ts';
import { inGroups } from './in-groups.ts';
import { log } from './log.ts';
import { type Known, lostIn } from './lost.ts';
import type { Part, Peer, Repaired } from './peer.ts';
import { entryOf } from './published.ts';
import type { Scope } from './reconcile-messages.ts';
import type { Counts } from './referral/order.ts';
import { type Head, headOf, type Page, type Slot, type Slots } from './slots.ts';
import type { Touched } from './touched.ts';

export type Reconciler = {
  readonly country: Country;
  readonly slots: Slots;
  readonly touched: Touched;
  readonly bus: Bus;
  readonly peer: Pick<Peer, 'counts'>;
  readonly now: () => Instant;
};

/** Longer than stream and EventBridge try (24 h), by the hour that a fact may wait for its cause and the one until we run. */
const TOUCHED = 26 * 3_600_000;

/**
 * One page of our half: compares our ledger with the peer's and with what our own bus carried, and publishes on our own
 * bus what nobody carries any more. From there it takes the usual way, and everyone knows a repeat by its id.
 */
export const reconcilePage = async (
  w: Reconciler,
  scope: Scope,
  part: Part,
): Promise<Repaired & { next?: string }> => {
  const { heads, next } = await headsOf(w, scope, part);
  const theirs = await countsOf(w, heads);
  const lost = await inGroups(heads, async (head) => {
    const seen = scope.all || scope.subject ? await w.touched.seen(head.subject) : undefined;
    const known = { theirs: theirs && (theirs[head.subject] ?? none), seen };
    if (!differs(head, known, w.country)) return { toPeer: [], toBus: [] };
    const when = { ...scope, country: w.country, now: w.now() };
    return lostIn(await w.slots.of(head.subject), known, when);
  });
  return {
    toPeer: await published(
      w,
      lost.flatMap(({ toPeer }) => toPeer),
    ),
    toBus: await published(
      w,
      lost.flatMap(({ toBus }) => toBus),
    ),
    silent: theirs === undefined,
    ...(next !== undefined && { next }),
  };
};

const none: Counts = { kr: 0, vn: 0 };

const headsOf = async (w: Reconciler, { all, subject }: Scope, part: Part): Promise<Page> => {
  if (subject) return { heads: await headsNamed(w.slots, [subject]) };
  if (all) return w.slots.scan(part.segment, part.at);
  const to = w.now();
  const from = new Date(Date.parse(to) - TOUCHED).toISOString() as Instant;
  for (let at = part.at; ; ) {
    const { subjects, next } = await w.touched.since(from, to, at);
    const heads = await headsNamed(w.slots, subjects);
    if (heads.length > 0 || next === undefined)
      return { heads, ...(next !== undefined && { next }) };
    at = next; // an hour in which nothing happened costs no question
  }
};

const headsNamed = async (slots: Slots, subjects: readonly string[]): Promise<Head[]> =>
  (await inGroups(subjects, async (subject) => headOf(await slots.of(subject)) ?? [])).flat();

/** What the peer holds of these; it is told only of what it may know. Nothing while it does not answer. */
const countsOf = async ({ country, peer }: Reconciler, heads: readonly Head[]) => {
  const named = heads.filter(({ reach, counts }) => reach === 'both' && counts[country] > 0);
  if (named.length === 0) return {};
  try {
    return await peer.counts(named.map(({ subject }) => subject));
  } catch (error) {
    log.error('the peer does not answer', error);
    return undefined;
  }
};

/** Saves a reading of what is whole, which nearly all is. */
const differs = ({ counts, reach }: Head, { theirs, seen }: Known, country: Country) =>
  (reach === 'both' && theirs !== undefined && theirs[country] < counts[country]) ||
  (seen !== undefined && (seen.kr.size < counts.kr || seen.vn.size < counts.vn));

const published = async ({ bus }: Reconciler, slots: readonly Slot[]): Promise<number> => {
  const refused = await bus.publish(slots.flatMap(({ text }) => entryOf(text) ?? []));
  for (const { entry, code } of refused) {
    const { subject, country, seq } = entry;
    log.error('stuck', new Error(code), { subject, country, seq, code });
  }
  return slots.length - refused.length;
};
