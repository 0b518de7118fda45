import type { Country, Fact } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { actorOf, type Command, type Context } from '../../shared/referral/command.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { peerOf } from '../../shared/referral/order.ts';
import type { State } from '../../shared/referral/state.ts';
import { placed } from './facts.ts';
import { contextIn, later, offices } from './people.ts';

/** What one country has written and heard. Never changed, so that histories may branch. */
export type Side = { readonly own: readonly Fact[]; readonly heard: number; readonly state: State };
/** Two countries between two exchanges. */
export type Pair = Readonly<Record<Country, Side>>;

export const both: readonly Country[] = ['kr', 'vn'];

/** The other country's name in every id: the same network with Viet Nam as the origin. */
export const mirrored = <T>(of: T): T =>
  JSON.parse(
    JSON.stringify(of).replaceAll(/\b(kr|vn)(?=[-:/0-9"])/g, (country) =>
      country === 'kr' ? 'vn' : 'kr',
    ),
  );
const everywhere = { ...offices, ...mirrored(offices) };

/** Minutes after noon at which decisions are made, and when every clock of theirs is over. */
export const NOW = 60;
const MUCH_LATER = NOW + 60 * 24 * 60;

export const contextAt = (country: Country, minute: number): Context => ({
  ...contextIn(country, later(minute)),
  offices: everywhere,
});

const ours = new Map(both.map((country) => [country, contextAt(country, NOW)]));
const contextOf = (country: Country): Context => ours.get(country) as Context;

export const known = (pair: Pair, country: Country): Fact[] => [
  ...pair[country].own,
  ...pair[peerOf(country)].own.slice(0, pair[country].heard),
];

/** Both know all of a log. */
export const begun = (facts: readonly Fact[]): Pair => {
  const state = fold(facts);
  const own = (country: Country) => facts.filter((fact) => fact.country === country);
  const [kr, vn] = [own('kr'), own('vn')];
  return { kr: { own: kr, heard: vn.length, state }, vn: { own: vn, heard: kr.length, state } };
};

const withSide = (pair: Pair, country: Country, own: readonly Fact[], heard: number): Pair => {
  const peer = peerOf(country);
  const state = fold([...own, ...pair[peer].own.slice(0, heard)]);
  const side = { own, heard, state };
  return country === 'kr' ? { kr: side, vn: pair.vn } : { kr: pair.kr, vn: side };
};

/** What follows when a country does something; nothing when it is refused or took effect before. */
export const does = (
  pair: Pair,
  country: Country,
  command: Command,
  late = false,
): Pair | undefined => {
  const { own, heard, state } = pair[country];
  const minute = late ? MUCH_LATER : NOW;
  try {
    const draft = decide(state, command, late ? contextAt(country, minute) : contextOf(country));
    if (!draft) return undefined;
    const data = draft.data as Record<string, unknown>;
    const step = { ...draft, actor: actorOf(command.caller), data };
    const fact = { ...placed(step, country, own.length + 1, heard), time: later(minute) };
    return withSide(pair, country, [...own, fact], heard);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

/** A country hears so many more facts of the other. */
export const hears = (pair: Pair, country: Country, facts = Number.POSITIVE_INFINITY): Pair => {
  const { own, heard } = pair[country];
  const now = Math.min(pair[peerOf(country)].own.length, heard + facts);
  return now === heard ? pair : withSide(pair, country, own, now);
};

export const dueIn = (pair: Pair, country: Country): Command | undefined =>
  dueNext(pair[country].state, contextOf(country));

const MOST_STEPS = 12;

/** A country’s system does all that is due. */
export const acts = (pair: Pair, country: Country): Pair => {
  let after = pair;
  for (let steps = 0; ; steps += 1) {
    const due = dueIn(after, country);
    if (!due) return after;
    if (steps === MOST_STEPS) throw new Error(`${country} comes to no rest: ${due.do}`);
    const done = does(after, country, due);
    if (!done) throw new Error(`${due.do} is due in ${country}, but refused`);
    after = done;
  }
};

export const agreed = ({ kr, vn }: Pair): boolean =>
  kr.heard === vn.own.length && vn.heard === kr.own.length;
