import { commands } from '../../events/commands.ts';
import type { By, Country, Office, Ref } from '../../events/envelope.ts';
import { handler as nameOffice } from '../../functions/operations/name-office.ts';
import { Refused } from '../../shared/errors.ts';
import { handle } from '../../shared/handle.ts';
import { markOf, refOf } from '../../shared/ids.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Act, Command, Worker } from '../../shared/referral/command.ts';
import { countryOf } from '../../shared/referral/order.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { world } from '../../shared/world.ts';
import { command } from '../support/given.ts';
import { abroad, sender, union } from '../support/people.ts';
import { has } from './bugs.ts';
import { MINUTE, SECOND } from './config.ts';
import { anyInput, practised, successors } from './inputs.ts';
import type { Land } from './land.ts';
import { inside } from './plan.ts';
import type { Sim } from './sim.ts';
import { anySubmission } from './submissions.ts';
import { weightOf } from './weights.ts';

/** A command, and whoever waits for its answer: the same key at each try. */
export type Given = {
  readonly land: Land;
  readonly ref: Ref;
  readonly command: Command;
  readonly by: By;
  readonly key: string | undefined;
  /** How often it was tried, also by the other hand. */
  readonly line: { tries: number };
};

const MOST_TRIES = 8;

const needsKey = (name: Act) => {
  const { sealed, repeats } = commands[name as keyof typeof commands];
  return sealed || repeats;
};

const partiesOf = ({ sender: own, offers, helplines, named, proposed }: Referral): Office[] => [
  ...[own, ...offers.map(({ office }) => office), ...helplines],
  ...[...named.map(({ office }) => office), ...(proposed ? [proposed] : [])],
];

/** The people at the desks of both countries: each does, now and then, something that it is told it may do. */
export class Desks {
  readonly #sim: Sim;
  #people = 0;

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  #worker(office: Office, role: Worker['role']): Worker {
    this.#people += 1;
    return { office, role, by: `${this.#people}`.padStart(16, '0') as By };
  }

  submit() {
    const { chance, lands } = this.#sim;
    const office = chance.pick([sender, sender, union, abroad]);
    const land = lands[countryOf(office)];
    const caller = this.#worker(office, 'worker');
    const key = `key ${caller.by}`;
    this.#give({
      ...{ land, ref: refOf(office, key), key, by: caller.by, line: { tries: 0 } },
      command: anySubmission(caller, land.now, chance),
    });
  }

  /** Somebody somewhere does something, or two at once; who finds nothing to do leaves it to another. */
  act() {
    const { chance, lands } = this.#sim;
    const hands = chance.yes(0.2) ? 2 : 1;
    for (let tries = 0, done = 0; tries < 6 && done < hands; tries += 1) {
      const land = lands[chance.pick<Country>(['kr', 'vn'])];
      const subjects = land.subjects();
      if (subjects.length === 0) continue;
      const subject = chance.pick(subjects);
      for (; done < hands && this.#acts(land, subject); done += 1);
    }
  }

  #acts(land: Land, subject: string): boolean {
    const { chance } = this.#sim;
    const state = land.state(subject);
    const { referral } = state;
    if (!referral) return false;
    if (this.#names(land, referral)) return true;
    const here = partiesOf(referral).filter((office) => countryOf(office) === land.code);
    if (here.length === 0) return false;
    const caller = this.#worker(chance.pick(here), chance.yes(0.7) ? 'supervisor' : 'worker');
    const context = land.context(subject);
    const may = allowedCommands(state, caller, context);
    const chosen = this.#chosen(may.filter(({ command: name }) => practised.has(name)));
    if (!chosen) return false;
    const input = anyInput(
      chosen.command,
      { referral, offer: chosen.offer, context, caller: caller.office },
      chance,
    );
    this.#give({
      ...{ land, ref: subject as Ref, by: caller.by, line: { tries: 0 } },
      command: command(chosen.command, caller, input, chosen.offer),
      key: needsKey(chosen.command) || chance.yes(0.3) ? `key ${caller.by}` : undefined,
    });
    return true;
  }

  /** Where an override waits for a second office, the network desk often names one. */
  #names(land: Land, { ref, overrides, named }: Referral): boolean {
    const { chance, loop } = this.#sim;
    const waits = overrides.proposals.some(({ at }) => at.country === land.code);
    if (!waits || named.length > 1 || !chance.yes(0.3)) return false;
    const office = successors[land.code];
    loop.at(loop.now, `${land.code} names ${office}`, async () => {
      await land.invoke('name', () => nameOffice({ ref, row: '28', office }));
    });
    return true;
  }

  /** One of them, by weight; nothing where only rare things are left and it is not their hour. */
  #chosen<A extends { readonly command: Act }>(may: readonly A[]): A | undefined {
    const { chance, plan, loop } = this.#sim;
    const cut = inside(plan.cuts, loop.now) !== undefined;
    const weight = ({ command: name }: A) => weightOf(name, plan.leaning, cut);
    let left =
      chance.next() *
      Math.max(
        1,
        may.reduce((sum, one) => sum + weight(one), 0),
      );
    return may.find((one) => {
      left -= weight(one);
      return left < 0;
    });
  }

  /** Once, or twice by a nervous hand. */
  #give(given: Given) {
    const { chance, plan, count, loop } = this.#sim;
    this.#try(given);
    if (!chance.yes(plan.rates.twice)) return;
    count('command given twice');
    this.#try(given, loop.now + chance.between(0, 2 * SECOND));
  }

  #try(given: Given, at = this.#sim.loop.now) {
    const { land, command: what } = given;
    this.#sim.loop.at(at, `${land.code} ${what.do} ${what.offer ?? ''} by ${given.by}`, () =>
      this.#send(given),
    );
  }

  async #send(given: Given) {
    const { land, ref, command: what, key, by } = given;
    const { chance, count, checks, loop } = this.#sim;
    given.line.tries += 1;
    const marked = key !== undefined && !has('no idempotency key');
    const mark = marked
      ? markOf(
          'office' in what.caller ? what.caller.office : (by as never),
          `${what.do}`,
          key,
          JSON.stringify(what.input),
        )
      : undefined;
    const outcome = await land.invoke('command', () =>
      handle(world(), ref, what, mark ? { mark } : {}),
    );
    if ('answer' in outcome) return checks.answered(given, outcome.answer.recorded);
    const { failure } = outcome;
    if (failure instanceof Refused && failure.status < 500) return checks.refused(given, failure);
    if (given.line.tries >= MOST_TRIES || chance.yes(0.1)) {
      count('command given up without an answer');
      return;
    }
    this.#try(given, loop.now + chance.between(SECOND, 2 * MINUTE));
  }
}
