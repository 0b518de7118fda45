import { acts, agreed, both, dueIn, hears, known, type Pair } from './convergence.ts';
import { wrongStep } from './convergence-laws.ts';
import { wrongChoice, wrongOffer } from './convergence-stops.ts';

/** Tells of what is wrong on the way, and of each rest that was reached. */
export type Watch = {
  readonly wrong: (what: readonly string[], pair: Pair) => void;
  readonly rest: (pair: Pair) => void;
};

/** What happened to each country between two moments is judged. */
export const judged = (before: Pair, after: Pair, { wrong }: Watch): Pair => {
  for (const country of both) {
    const [was, is] = [before[country], after[country]];
    if (was === is) continue;
    const facts = known(after, country);
    const fresh = [...is.own.slice(was.own.length), ...facts.slice(is.own.length + was.heard)];
    const said = wrongStep(was.state, is.state, fresh);
    const offers = is.own.slice(was.own.length).flatMap((fact) => {
      const { referral } = is.state;
      const knew = facts.filter((f) => f.country !== fact.country || f.seq < fact.seq);
      return referral
        ? [...wrongOffer(knew, referral, fact), ...wrongChoice(knew, referral, fact)]
        : [];
    });
    if (said.length + offers.length > 0) wrong([...said, ...offers], after);
  }
  return after;
};

const MOST = 12;

/** All at once, again and again; gives how many exchanges it took until both systems rested. */
export const together = (pair: Pair, watch: Watch): number => {
  let now = pair;
  for (let exchanges = 0; exchanges < MOST; exchanges += 1) {
    const heard = judged(now, hears(hears(now, 'kr'), 'vn'), watch);
    const acted = judged(heard, acts(acts(heard, 'kr'), 'vn'), watch);
    if (agreed(acted)) {
      watch.rest(acted);
      return exchanges + 1;
    }
    now = acted;
  }
  watch.wrong(['the two come to no rest'], now);
  return MOST;
};

/** Fact by fact in every order, each system acting whenever its country has heard one. Gives how many orders there were. */
export const everyOrder = (pair: Pair, watch: Watch, depth = 0): number => {
  if (depth > 40) throw new Error('the two come to no rest');
  const next = both.filter((c) => !agreedIn(pair, c));
  if (next.length > 0)
    return next
      .map((country) => judged(pair, acts(hears(pair, country, 1), country), watch))
      .reduce((orders, after) => orders + everyOrder(after, watch, depth + 1), 0);
  const idle = both.find((country) => dueIn(pair, country));
  if (idle) return everyOrder(judged(pair, acts(pair, idle), watch), watch, depth + 1);
  watch.rest(pair);
  return 1;
};

const agreedIn = (pair: Pair, country: 'kr' | 'vn') =>
  pair[country].heard === pair[country === 'kr' ? 'vn' : 'kr'].own.length;
