import type { Fact, Instant, Office } from '../../events/envelope.ts';
import { Refused } from '../../shared/errors.ts';
import { allowedCommands } from '../../shared/referral/allowed.ts';
import type { Act, Command, Worker } from '../../shared/referral/command.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { command, given, refusal } from './given.ts';
import { contextIn, worker } from './people.ts';

/** A command of an office's supervisor. */
export const bySupervisor = (office: Office, name: Act, input: object = {}, offer?: string) =>
  command(name, worker(office, 'supervisor'), input, offer);

/** Nothing when it may be done, else why not. */
export const whyNot = (facts: readonly Fact[], does: Command, at?: Instant) => {
  const run = () => given(facts, at).when(does);
  try {
    run();
    return undefined;
  } catch {
    return refusal(run);
  }
};

/** Whether the command is among those that this office is told it may give. */
export const may = (
  facts: readonly Fact[],
  name: Act,
  office: Office,
  role: Worker['role'] = 'supervisor',
  at?: Instant,
): boolean =>
  allowedCommands(fold(facts), worker(office, role), contextIn(countryOf(office), at)).some(
    (allowed) => allowed.command === name,
  );

/** What somebody is told who is refused, `<status> <code>: <message> (<field>)`; `allowed` who is not. */
export const said = (run: () => unknown): string => {
  try {
    run();
    return 'allowed';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const field = 'field' in error.more ? ` (${error.more.field})` : '';
    return `${error.status} ${error.code}: ${error.message}${field}`;
  }
};
