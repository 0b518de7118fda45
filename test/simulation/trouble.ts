import type { Fault } from './faults.ts';
import type { Trouble } from './invocation.ts';
import type { Sim } from './sim.ts';

const anywhere: readonly Fault[] = [
  'crash before a call',
  'crash after a call',
  'answered late, repeated by the SDK',
  'applied, never answered',
  'throttled',
];
const publishing: readonly Fault[] = [
  'PutEvents half failed',
  'applied, never answered',
  'crash after a call',
];

/** Of the calls of a run, it happens to one of the first: a command makes few. */
const first = (what: string) => (what === 'publish' ? 1 : what === 'command' ? 3 : 6);

/** What goes wrong in the run that begins: most go well. */
export const troubleFor = ({ chance, plan }: Sim, what: string): Trouble | undefined => {
  if (!chance.yes(plan.rates.trouble)) return undefined;
  const kind = chance.pick(what === 'publish' ? publishing : anywhere);
  return { kind, at: 1 + chance.below(first(what)) };
};
