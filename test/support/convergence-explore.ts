import type { Country, Fact, Office } from '../../events/envelope.ts';
import type { Act } from '../../shared/referral/command.ts';
import { begun, does, known, mirrored, type Pair } from './convergence.ts';
import { bases } from './convergence-bases.ts';
import { choicesIn } from './convergence-choices.ts';
import { wrongAtRest } from './convergence-laws.ts';
import { everyOrder, judged, together, type Watch } from './convergence-orders.ts';
import { home, union } from './people.ts';
import { seed } from './seed.ts';

/** `TIMES=100` tries a hundred times as many, for a night. */
const times = Number(process.env.TIMES ?? 1);

/** `wrong`: of the decisions that led here. */
type Node = { readonly pair: Pair; readonly depth: number; readonly wrong: readonly string[] };

export type Plan = {
  /** Unseen decisions a country. */
  readonly decisions: number;
  readonly only?: readonly Act[];
  /** So many decisions of both together are tried without exception, however small the share. */
  readonly always?: number;
  /** About how many of the other histories are tried in one run, all without it; `TIMES` multiplies it. */
  readonly share?: number;
  /** Fact by fact in every order too, of every so many. */
  readonly ordersOfEvery: number;
  /** Looks at each rest besides the laws. */
  readonly also?: (pair: Pair) => readonly string[];
};

/** All that one country may do by itself, step by step, from here. */
const branches = (
  from: Pair,
  country: Country,
  { decisions, only }: Plan,
  asked: readonly Office[],
): Node[] => {
  const nodes: Node[] = [{ pair: from, depth: 0, wrong: [] }];
  for (let first = 0, depth = 1; depth <= decisions; depth += 1) {
    const last = nodes.slice(first);
    first = nodes.length;
    for (const { pair } of last) {
      const seen = new Set<string>();
      for (const { command, late } of choicesIn(pair, country, { asked, ...(only && { only }) })) {
        const after = does(pair, country, command, late);
        const fact = JSON.stringify(after?.[country].own.at(-1));
        if (after && !seen.has(fact)) {
          const wrong: string[] = [];
          judged(pair, after, { wrong: (what) => wrong.push(...what), rest: () => undefined });
          nodes.push({ pair: after, depth, wrong });
        }
        seen.add(fact);
      }
    }
  }
  return nodes;
};

export type Found = {
  /** Histories, of how many that there are. */
  tried: number;
  of: number;
  /** Orders of hearing fact by fact. */
  orders: number;
  rests: number;
  /** The most that it took until both systems rested. */
  exchanges: number;
  /** The first of each kind. */
  readonly wrong: string[];
};

const short = ({ country, seq, seen, type, actor, data }: Fact): string => {
  const { offices: _, by: __, consent: ___, ...rest } = data as Record<string, unknown>;
  return `  ${country}/${seq} (saw ${seen}) ${actor} ${type} ${JSON.stringify(rest)}`;
};
const told = (pair: Pair): string =>
  [...known(pair, 'kr'), ...pair.vn.own.slice(pair.kr.heard)].map(short).join('\n');

/** Each base from each origin. */
const starts = (): [string, Pair, readonly Office[]][] =>
  Object.entries(bases()).flatMap(([name, facts]) => {
    const asked = [home, union];
    return [
      [name, begun(facts), asked],
      [`${name}, mirrored`, begun(mirrored(facts)), mirrored(asked)],
    ] as [string, Pair, readonly Office[]][];
  });

type Grown = { readonly name: string; readonly kr: readonly Node[]; readonly vn: readonly Node[] };
const before = new Map<string, readonly Grown[]>();
const grow = (plan: Plan): readonly Grown[] => {
  const what = JSON.stringify([plan.decisions, plan.only]);
  const grown =
    before.get(what) ??
    starts().map(([name, from, asked]) => {
      const of = (country: Country) => branches(from, country, plan, asked);
      return { name, kr: of('kr'), vn: of('vn') };
    });
  before.set(what, grown);
  return grown;
};

/** Lets both countries decide unseen, exchange, and judges each step and each rest. */
export const explore = (plan: Plan): Found => {
  const found: Found = { tried: 0, of: 0, orders: 0, rests: 0, exchanges: 0, wrong: [] };
  const grown = grow(plan);
  const many = grown.reduce((sum, { kr, vn }) => sum + kr.length * vn.length, 0);
  const { always = 0, share = many } = plan;
  const step = Math.max(1, Math.round(many / (share * times)));
  let n = seed % step;
  const kinds = new Set<string>();
  for (const { name, kr, vn } of grown)
    for (const a of kr)
      for (const b of vn) {
        n += 1;
        if (a.depth + b.depth > always && n % step !== 0) continue;
        const wrong = new Set<string>();
        const note = (what: readonly string[], pair: Pair) => {
          for (const one of what) wrong.add(`${one}\n${told(pair)}`);
        };
        const watch: Watch = {
          wrong: note,
          rest: (pair) => {
            found.rests += 1;
            note([...wrongAtRest(pair), ...(plan.also?.(pair) ?? [])], pair);
          },
        };
        const pair = { kr: a.pair.kr, vn: b.pair.vn };
        note([...a.wrong, ...b.wrong], pair);
        try {
          found.exchanges = Math.max(found.exchanges, together(pair, watch));
          if (found.tried % plan.ordersOfEvery === 0) found.orders += everyOrder(pair, watch);
        } catch (error) {
          note([(error as Error).message], pair);
        }
        found.tried += 1;
        for (const what of wrong) {
          const kind = what.split('\n', 1).join();
          if (!kinds.has(kind)) found.wrong.push(`SEED=${seed} ${name}: ${what}`);
          kinds.add(kind);
        }
      }
  found.of = many;
  return found;
};
