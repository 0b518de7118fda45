import type { Country, Fact, Office } from '../../events/envelope.ts';
import { Chance } from '../simulation/chance.ts';
import { log, moreGrants, submitted } from './facts.ts';
import { command } from './given.ts';
import { Two } from './histories.ts';
import { abroad, helpline, home, sender, third, union, worker } from './people.ts';
import { moved, subjectNo } from './subjects.ts';

/** What stood in both ledgers before the line was cut, and what each country decided after. */
export type Parted = { readonly before: readonly Fact[]; readonly during: readonly Fact[] };
type Going = { readonly minutes: number; readonly until?: Country };

const offices: readonly Office[] = [sender, abroad, union, third, home];
const shape = command('acknowledge', worker(abroad));

/**
 * A referral that went on while neither country heard of the other, for so many minutes from noon: desks decide what they
 * may, both systems do what is due. `until`: the peer of this country was heard there all the time.
 */
export const parted = (n: number, seed: number, { minutes, until }: Going): Parted => {
  const chance = new Chance(seed + n);
  const feedback = chance.pick(['none', 'outcome', 'progress'] as const);
  const lines = chance.pick([[[abroad, union, home]], [[abroad], [home, union]]]);
  const two = new Two(
    log(submitted({ lines, feedback, helplines: [helpline], grants: moreGrants })),
  );
  const likely = () =>
    two.move({ likely: { office: chance.pick(offices), n: chance.below(60), shape } });
  // A third are submitted as the line goes down.
  if (n % 3 > 0) {
    two.carry('vn');
    for (let i = 0; i < 4; i += 1) likely();
    for (const country of ['kr', 'vn'] as const) two.carry(country);
  }
  const known = n % 3 > 0 ? two.all().length : 0;
  const before = known > 0 ? two.all() : [];
  for (let step = 1; step <= 12; step += 1) {
    two.minute = 1 + Math.floor((minutes * (step - 1)) / 12);
    likely();
    if (until) two.carry(until);
    for (const country of ['kr', 'vn'] as const) two.due(country);
  }
  const ids = new Set(before.map(({ id }) => id));
  const named = (fact: Fact) => moved(fact, subjectNo(n), fact.reach);
  const during = two.all().filter(({ id }) => !ids.has(id));
  return { before: before.map(named), during: during.map(named) };
};
