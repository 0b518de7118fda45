import fc from 'fast-check';
import type { Country, Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { actorOf, type Command, type Context, type Draft } from '../../shared/referral/command.ts';
import { decide } from '../../shared/referral/decide.ts';
import { eraseAt, erasedDraft, mustErase } from '../../shared/referral/destroying.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf, peerOf } from '../../shared/referral/order.ts';
import type { State } from '../../shared/referral/state.ts';
import { anyCommand, anyOffice, inputFor, pick } from './any-command.ts';
import { log, moreGrants, placed, submitted } from './facts.ts';
import { command } from './given.ts';
import {
  abroad,
  contextIn,
  helpline,
  home,
  later,
  placeOf,
  third,
  union,
  worker,
} from './people.ts';

/** Something that somebody does of what they are told they may do; `n` chooses. */
type Likely = { readonly office: Office; readonly n: number; readonly shape: Command };
export const anyLikely: fc.Arbitrary<Likely> = fc.record({
  office: anyOffice,
  n: fc.nat(59),
  shape: anyCommand,
});
type Move =
  | { readonly act: Command }
  | { readonly likely: Likely }
  | { readonly system: Country }
  | { readonly carry: Country; readonly facts: number }
  | { readonly wait: number };

const DAY = 24 * 60;
const country = pick<Country>('kr', 'vn');
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 1, arbitrary: anyCommand.map((act) => ({ act })) },
  {
    weight: 7,
    arbitrary: anyLikely.map((likely) => ({ likely })),
  },
  { weight: 2, arbitrary: country.map((system) => ({ system })) },
  { weight: 2, arbitrary: fc.record({ carry: country, facts: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: pick(20, 60, 240, DAY, 4 * DAY, 15 * DAY).map((wait) => ({ wait })) },
);

/** Two countries that hear of each other late: each decides upon what it had heard. */
export class Two {
  readonly own: Record<Country, Fact[]>;
  /** How many facts of the peer each has heard. */
  readonly heard: Record<Country, number> = { kr: 0, vn: 0 };
  readonly #states: Partial<Record<Country, State>> = {};
  /** When a fact of the peer was heard. */
  readonly #came = new Map<string, Instant>();
  /** Minutes since noon. */
  minute = 1;

  constructor(begun: readonly Fact[]) {
    this.own = { kr: [...begun], vn: [] };
  }

  known(country: Country): Fact[] {
    const peer = peerOf(country);
    return [...this.own[country], ...this.own[peer].slice(0, this.heard[country])];
  }

  state(country: Country): State {
    this.#states[country] ??= fold(this.known(country));
    return this.#states[country];
  }

  context(country: Country): Context {
    return {
      ...contextIn(country, later(this.minute)),
      receivedAt: (fact) => this.#came.get(`${country} hears ${fact.country} ${fact.seq}`),
    };
  }

  /** Gives the fact that it became, if it became one. */
  does(does: Command): Fact | undefined {
    const country = placeOf(does.caller);
    try {
      const draft = decide(this.state(country), does, this.context(country));
      return draft && this.writes(country, { ...draft, actor: actorOf(does.caller) });
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  }

  writes(
    country: Country,
    draft: Pick<Draft, 'reach'> & { type: string; actor: string; data: object },
  ): Fact {
    const step = { ...draft, data: draft.data as Record<string, unknown> };
    const seq = this.own[country].length + 1;
    const fact = {
      ...placed(step, country, seq, this.heard[country]),
      time: later(this.minute),
    };
    this.own[country].push(fact);
    delete this.#states[country];
    return fact;
  }

  carry(to: Country, facts = Number.POSITIVE_INFINITY) {
    const peer = peerOf(to);
    const before = this.heard[to];
    this.heard[to] = Math.min(this.own[peer].length, before + facts);
    for (let seq = before + 1; seq <= this.heard[to]; seq += 1)
      this.#came.set(`${to} hears ${peer} ${seq}`, later(this.minute));
    delete this.#states[to];
  }

  /** One thing that is due, if anything is: for the system, else for the vault. */
  due(country: Country): Fact | undefined {
    const next = dueNext(this.state(country), this.context(country));
    return next ? this.does(next) : this.erases(country);
  }

  /** What must go goes at once, what is finished when its time has come. */
  erases(country: Country): Fact | undefined {
    const { referral } = this.state(country);
    const at = referral && eraseAt(referral, this.context(country));
    if (!referral || !at || !(mustErase(referral) || at <= later(this.minute))) return undefined;
    return this.writes(country, erasedDraft(referral, country));
  }

  /** Both systems look, and hear of each other, until nothing is due. */
  rest() {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      for (const country of ['kr', 'vn'] as const) this.carry(country);
      const before = this.all().length;
      for (const country of ['kr', 'vn'] as const)
        for (let steps = 0; this.due(country); steps += 1)
          if (steps > 20) throw new Error('a system does not come to rest');
      if (this.all().length === before) return;
    }
    throw new Error('the countries do not come to rest');
  }

  move(move: Move) {
    if ('act' in move) this.does(move.act);
    else if ('likely' in move) this.tries(this.likely(move.likely));
    else if ('system' in move) this.due(move.system);
    else if ('wait' in move) this.minute += move.wait;
    else this.carry(move.carry, move.facts);
  }

  tries(does: Command | undefined) {
    if (does) this.does(does);
  }

  /** What somebody may do, of what the rules say. */
  likely({ office, n, shape }: Likely): Command | undefined {
    const caller = worker(office, 'supervisor');
    const where = countryOf(office);
    const state = this.state(where);
    const may = allowedCommands(state, caller, this.context(where));
    const chosen = may[n % may.length];
    if (!chosen) return undefined;
    const lines = state.referral?.offers.find(({ id }) => id === chosen.offer)?.lines ?? ['l1'];
    return command(
      chosen.command,
      caller,
      inputFor(chosen.command, n, lines, shape, office),
      chosen.offer,
    );
  }

  /** This and another that went the same way. */
  copies(): [Two, Two] {
    const other = new Two([]);
    for (const country of ['kr', 'vn'] as const) {
      other.own[country].push(...this.own[country]);
      other.heard[country] = this.heard[country];
    }
    for (const [fact, at] of this.#came) other.#came.set(fact, at);
    other.minute = this.minute;
    return [this, other];
  }

  all(): Fact[] {
    return [...this.own.kr, ...this.own.vn];
  }
}

const lists = pick<readonly (readonly Office[])[]>(
  [
    [abroad, union, home],
    [abroad, third],
  ],
  [
    [abroad, home],
    [home, union],
  ],
  [
    [home, abroad],
    [abroad, union, third],
  ],
);

/** The first office takes the case and refers it onward; the other country has heard of it now and then. */
const refers = (two: Two, to: Office) => {
  const offer = two.state('kr').referral?.offers[0];
  if (!offer) return;
  const caller = worker(offer.office, 'supervisor');
  two.does(command('accept', caller, { lines: offer.lines }, offer.id));
  two.does(command('refer-onward', caller, { office: to, lines: offer.lines }, offer.id));
  if (to !== third) two.carry(peerOf(offer.owner));
};

/** Histories of honest countries whose line is cut now and then. */
export const anyHistory = (most = 24): fc.Arbitrary<Two> =>
  fc
    .record({
      lines: lists,
      feedback: pick('none', 'outcome', 'progress'),
      urgency: pick('normal', 'urgent', 'emergency'),
      onward: fc.option(pick(abroad, union, third, home), { freq: 3 }),
      moves: fc.array(anyMove, { minLength: most / 2, maxLength: most, size: 'max' }),
    })
    .map(({ lines, feedback, urgency, onward, moves }) => {
      const two = new Two(
        log(submitted({ lines, feedback, urgency, helplines: [helpline], grants: moreGrants })),
      );
      two.carry('vn');
      if (onward) refers(two, onward);
      for (const move of moves) two.move(move);
      return two;
    });
