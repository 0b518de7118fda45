import { commands } from '../../events/commands.ts';
import type { OfferId } from '../../events/referral.ts';
import type { Act, Context, Worker } from './command.ts';
import { partyOf, refusalOf } from './decide.ts';
import { rules } from './rules.ts';
import type { Offer, State } from './state.ts';
import { inDirectory } from './suspension.ts';

export type Allowed = { readonly command: Act; readonly offer?: OfferId };

/** What this worker may do now; made from the same rules as `decide`, so that the two cannot differ. */
export const allowedCommands = (folded: State, caller: Worker, context: Context): Allowed[] => {
  const state = inDirectory(folded, context.offices);
  const { referral } = state;
  if (!referral) return [];
  const may = (command: Act, offer: Offer | undefined) => {
    const party = partyOf(caller, referral, offer, rules[command]);
    if (!party || rules[command].may?.(referral, caller, context) === false) return false;
    return refusalOf(state, { command, caller, party, offer }, context) === undefined;
  };
  return (Object.keys(commands) as Act[]).flatMap((command): Allowed[] => {
    if (rules[command].on === 'nothing') return [];
    if (rules[command].on === 'referral') return may(command, undefined) ? [{ command }] : [];
    return referral.offers
      .filter((offer) => may(command, offer))
      .map(({ id }) => ({ command, offer: id }));
  });
};
