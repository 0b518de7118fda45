import type { Country, Fact, Instant } from '../../events/envelope.ts';
import type { Entry } from '../../shared/bus.ts';
import type { Ledger } from '../../shared/ledger.ts';
import { missingPage } from '../../shared/missing.ts';
import { putBackPage } from '../../shared/put-back.ts';
import { received } from '../../shared/received.ts';
import { type Reconciler, reconcilePage } from '../../shared/reconcile.ts';
import { answer } from '../../shared/reconcile-answers.ts';
import { Question, Run } from '../../shared/reconcile-messages.ts';
import { reconcileAll } from '../../shared/reconcile-run.ts';
import { type Counts, peerOf } from '../../shared/referral/order.ts';
import { headOf, SEGMENTS, type Slot, type Slots } from '../../shared/slots.ts';
import type { Touched } from '../../shared/touched.ts';
import { borderOf, type Memory, memory } from './memory.ts';

/** The slots of a ledger in memory, a few subjects a page. */
export const slotsOf = (ledger: Memory, subjectsAPage = 2): Slots => {
  const of = async (subject: string) =>
    ledger.all().flatMap(({ fact, text, receivedAt }): Slot[] => {
      if (fact.subject !== subject) return [];
      const { country, seq, reach, time } = fact;
      return [{ subject, country, seq, reach, text, since: receivedAt ?? time }];
    });
  return {
    of,
    async scan(segment, at = '0') {
      const subjects = [...new Set(ledger.all().map(({ fact }) => fact.subject))].sort();
      const mine = subjects.filter((_, i) => i % SEGMENTS === segment);
      const end = Number(at) + subjectsAPage;
      const page = await Promise.all(mine.slice(Number(at), end).map(of));
      return {
        heads: page.flatMap((its) => headOf(its) ?? []),
        ...(end < mine.length && { next: String(end) }),
      };
    },
  };
};

const touchedNow = (): Touched => {
  const subjects = new Map<string, Instant>();
  const facts = new Map<string, Record<Country, Set<number>>>();
  const seen = (subject: string) => facts.get(subject) ?? { kr: new Set(), vn: new Set() };
  return {
    async touch({ subject, country, seq }, at) {
      subjects.set(subject, at);
      const numbers = seen(subject);
      numbers[country].add(seq);
      facts.set(subject, numbers);
    },
    async since(from) {
      return { subjects: [...subjects].filter(([, at]) => at >= from).map(([subject]) => subject) };
    },
    async seen(subject) {
      return seen(subject);
    },
    async everSeen(segment) {
      const mine = [...facts].filter((_, i) => i % SEGMENTS === segment);
      return { seen: mine.map(([subject, facts]) => ({ subject, facts })) };
    },
  };
};

export type Side = Reconciler & { readonly ledger: Memory; readonly sent: Entry[] };
export type Pair = {
  readonly kr: Side;
  readonly vn: Side;
  /** Cuts the line by which the countries ask each other. */
  silence(on: boolean): void;
  /** All questions that crossed, as text. */
  readonly asked: string[];
  at(time: Instant): void;
  /** Records facts in a country whose bus carries them to its own consumers. */
  hold(country: Country, ...facts: Fact[]): Promise<void>;
  /** Carries what was published, each to its own consumers and over the border, until all is quiet. */
  deliver(): Promise<void>;
  run(
    country: Country,
    run?: object,
    more?: { restoring?: boolean; enough?: () => boolean },
  ): ReturnType<typeof reconcileAll>;
};

/** Two countries in memory, with all that reconciles them. */
export const pair = (time: Instant): Pair => {
  let clock = time;
  let silent = false;
  const asked: string[] = [];
  const sides = {} as Record<Country, Side>;
  const ask = async (of: Country, question: object) => {
    if (silent) throw new Error('nobody answers');
    asked.push(JSON.stringify(question));
    const parsed = Question.parse(JSON.parse(JSON.stringify(question)));
    return JSON.parse(JSON.stringify(await answer(sides[of], parsed)));
  };
  const side = (country: Country): Side => {
    const ledger = memory();
    const sent: Entry[] = [];
    const counts = (subjects: readonly string[]) =>
      ask(peerOf(country), { ask: 'counts', subjects });
    return {
      ...{ country, ledger, sent, slots: slotsOf(ledger), touched: touchedNow() },
      bus: {
        publish: async (entries) => {
          sent.push(...entries);
          return [];
        },
      },
      peer: { counts },
      now: () => clock,
    };
  };
  sides.kr = side('kr');
  sides.vn = side('vn');
  const steps = (country: Country, { all, subject, minAgeSeconds }: Run) => {
    const [w, of] = [sides[country], peerOf(country)];
    const scope = { all, subject, minAgeSeconds };
    const peer = {
      heads: ({ segment, at }: { segment: number; at?: string | undefined }) =>
        ask(of, { ask: 'heads', segment, at }),
      copies: (subject: string, after: Counts) => ask(of, { ask: 'copies', subject, after }),
    };
    return {
      copies: (part: { segment: number; at?: string | undefined }) =>
        putBackPage({ ...w, peer }, part),
      ours: (part: { segment: number; at?: string | undefined }) => reconcilePage(w, scope, part),
      theirs: ({ segment, at }: { segment: number; at?: string | undefined }) =>
        ask(of, { ask: 'page', ...scope, segment, at }),
      missing: (part: { segment: number; at?: string | undefined }) => missingPage(w, part),
    };
  };
  return {
    ...sides,
    asked,
    silence(on) {
      silent = on;
    },
    at(time) {
      clock = time;
    },
    async hold(country, ...facts) {
      const { ledger, touched } = sides[country];
      for (const fact of facts) {
        await (ledger as Ledger).append(fact);
        await touched.touch(fact, clock);
      }
    },
    async deliver() {
      let quiet = false;
      for (let round = 0; !quiet; round += 1) {
        if (round > 50) throw new Error('a fact waits for ever');
        quiet = true;
        for (const { country, sent, touched } of [sides.kr, sides.vn])
          for (const { source, detail } of sent.splice(0)) {
            quiet = false;
            const fact = JSON.parse(detail) as Fact;
            await touched.touch(fact, clock);
            if (source !== `referrals.${country}` || fact.reach !== 'both') continue;
            const there = sides[peerOf(country)];
            const outcome = await received(borderOf(there.country, there.ledger), fact);
            if (outcome === 'appended') await there.touched.touch(fact, clock);
            if (outcome === 'waiting') sent.push({ source, type: fact.type, detail });
          }
      }
    },
    run(country, run = {}, { restoring = false, enough = () => true } = {}) {
      const parsed = Run.parse({ ...run });
      return reconcileAll(steps(country, parsed), parsed, { restoring, enough });
    },
  };
};
