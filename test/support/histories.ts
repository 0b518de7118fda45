import fc from 'fast-check';
import type { Country, Fact, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import { actorOf, type Command } from '../../shared/referral/command.ts';
import { decide } from '../../shared/referral/decide.ts';
import { dueNext } from '../../shared/referral/due.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf, peerOf } from '../../shared/referral/order.ts';
import type { State } from '../../shared/referral/state.ts';
import { anyCommand, anyOffice, inputFor, pick } from './any-command.ts';
import { log, placed, submitted } from './facts.ts';
import { command } from './given.ts';
import { abroad, contextIn, helpline, home, placeOf, third, union, worker } from './people.ts';

/** Something that somebody does of what they are told they may do; `n` chooses. */
type Likely = { readonly office: Office; readonly n: number; readonly shape: Command };
type Move =
  | { readonly act: Command }
  | { readonly likely: Likely }
  | { readonly system: Country }
  | { readonly carry: Country; readonly facts: number };

const country = pick<Country>('kr', 'vn');
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 1, arbitrary: anyCommand.map((act) => ({ act })) },
  {
    weight: 7,
    arbitrary: fc.record({
      likely: fc.record({ office: anyOffice, n: fc.nat(59), shape: anyCommand }),
    }),
  },
  { weight: 2, arbitrary: country.map((system) => ({ system })) },
  { weight: 2, arbitrary: fc.record({ carry: country, facts: fc.integer({ min: 1, max: 3 }) }) },
);

/** Two countries that hear of each other late: each decides upon what it had heard. */
export class Two {
  readonly own: Record<Country, Fact[]>;
  /** How many facts of the peer each has heard. */
  readonly heard: Record<Country, number> = { kr: 0, vn: 0 };
  readonly #states: Partial<Record<Country, State>> = {};

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

  /** Gives the fact that it became, if it became one. */
  does(does: Command): Fact | undefined {
    const country = placeOf(does.caller);
    try {
      const draft = decide(this.state(country), does, contextIn(country));
      if (!draft) return undefined;
      const step = {
        ...draft,
        actor: actorOf(does.caller),
        data: draft.data as Record<string, unknown>,
      };
      const fact = placed(step, country, this.own[country].length + 1, this.heard[country]);
      this.own[country].push(fact);
      delete this.#states[country];
      return fact;
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  }

  carry(to: Country, facts = Number.POSITIVE_INFINITY) {
    this.heard[to] = Math.min(this.own[peerOf(to)].length, this.heard[to] + facts);
    delete this.#states[to];
  }

  /** One thing that is due, if anything is. */
  due(country: Country): Fact | undefined {
    const next = dueNext(this.state(country), contextIn(country));
    return next && this.does(next);
  }

  move(move: Move) {
    if ('act' in move) this.does(move.act);
    else if ('likely' in move) this.#likely(move.likely);
    else if ('system' in move) this.due(move.system);
    else this.carry(move.carry, move.facts);
  }

  #likely({ office, n, shape }: Likely) {
    const caller = worker(office, 'supervisor');
    const where = countryOf(office);
    const state = this.state(where);
    const may = allowedCommands(state, caller, contextIn(where));
    const chosen = may[n % may.length];
    if (!chosen) return;
    const lines = state.referral?.offers.find(({ id }) => id === chosen.offer)?.lines ?? ['l1'];
    this.does(
      command(chosen.command, caller, inputFor(chosen.command, n, lines, shape), chosen.offer),
    );
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

/** Histories of honest countries whose line is cut now and then. */
export const anyHistory = (most = 24): fc.Arbitrary<Two> =>
  fc
    .record({
      lines: lists,
      feedback: pick('none', 'outcome', 'progress'),
      moves: fc.array(anyMove, { minLength: most / 2, maxLength: most, size: 'max' }),
    })
    .map(({ lines, feedback, moves }) => {
      const two = new Two(log(submitted({ lines, feedback, helplines: [helpline] })));
      two.carry('vn');
      for (const move of moves) two.move(move);
      return two;
    });
