import type { Country, Office } from '../../events/envelope.ts';
import type { OfficeState } from '../../shared/office/fold.ts';
import { entryOf } from '../support/directory.ts';
import {
  abroad,
  helpline,
  home,
  sender,
  shelter,
  stranger,
  third,
  union,
} from '../support/people.ts';
import { Chance } from './chance.ts';
import { Checks } from './checks.ts';
import { type Counted, type Fault, noneYet } from './faults.ts';
import { Land } from './land.ts';
import { Loop } from './loop.ts';
import { Partners } from './partners.ts';
import { type Plan, planned } from './plan.ts';
import { Trace } from './trace.ts';

const everyone: readonly Office[] = [
  ...[sender, home, helpline, shelter],
  ...[abroad, union, third, stranger],
];
/** With a webhook endpoint. */
const listening: readonly Office[] = [abroad, sender, home, union, shelter];

const offices: Readonly<Record<string, OfficeState>> = Object.fromEntries(
  everyone.map((office) => [office, entryOf(office)]),
);

/** One history: everything in it follows from the seed. */
export class Sim {
  readonly seed: number;
  readonly chance: Chance;
  readonly trace: Trace;
  readonly loop: Loop;
  readonly counted: Counted = noneYet();
  readonly checks: Checks;
  readonly partners: Partners;
  readonly lands: Readonly<Record<Country, Land>>;
  /** Small pages and the adapters' own parsing. */
  readonly small: boolean;
  plan: Plan;

  constructor(seed: number, tells: boolean) {
    this.seed = seed;
    this.chance = new Chance(seed);
    this.trace = new Trace(tells);
    this.plan = planned(this.chance);
    this.small = this.chance.yes(0.1);
    this.loop = new Loop(this.plan.start, this.chance, this.trace);
    this.checks = new Checks(this);
    this.partners = new Partners(this, listening);
    this.lands = { kr: new Land(this, 'kr', offices), vn: new Land(this, 'vn', offices) };
  }

  readonly count = (fault: Fault) => {
    this.counted[fault] += 1;
  };

  get both(): readonly Land[] {
    return [this.lands.kr, this.lands.vn];
  }
}
