import { Refused } from '../errors.ts';
import type { CommandOf, Context } from './command.ts';
import { aboutOf, dueSteps } from './deadlines.ts';
import type { Content } from './drafts.ts';
import { offerIn } from './offers.ts';
import type { Referral } from './state.ts';

/** A reminder or a missed deadline; who hears of it depends on whose debt it is. */
export const deadlineDraft = (
  command: CommandOf<'remind' | 'miss-deadline'>,
  referral: Referral,
  context: Context,
): Content => {
  const { input } = command;
  const step = dueSteps(referral, context).find(
    ({ command: due, clock }) =>
      due.do === command.do &&
      clock.clock === input.clock &&
      clock.offer === input.offer &&
      clock.line === input.line &&
      clock.hold === input.hold &&
      clock.office === input.office,
  );
  if (!step) throw new Refused('not-allowed-now', 409, 'This clock has time left');
  const { clock, offer, round, due, owes } = step.clock;
  const data = { clock, ...aboutOf(step.clock), round, due };
  const receiver = offerIn(referral, offer)?.office;
  const offices = clock === 'hold-review' ? [owes] : [referral.sender, receiver ?? owes];
  const type = command.do === 'remind' ? 'deadline.reminded.v1' : 'deadline.missed.v1';
  return { type, data, offices: [...new Set(offices)] };
};
