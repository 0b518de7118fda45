import type { Office } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { officesAtWork } from './at-work.ts';
import type { Caller, CommandOf, Context, On } from './command.ts';
import type { Content } from './drafts.ts';
import type { LiftProposal } from './flags.ts';
import { referralStatus } from './lines.ts';
import { nextSlot } from './order.ts';
import { holdsInForce, openProposals } from './safety.ts';
import type { Referral } from './state.ts';

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

/** Reaching her is not safe. */
export const raiseDraft = (on: On, context: Context): Content => {
  const { referral } = on;
  if (referralStatus(referral) !== 'active') throw wrongTime('The referral is over');
  const data = { hold: `${nextSlot(on.counts, context.country)}-1` };
  return { type: 'safety-hold.raised.v1', data, offices: officesAtWork(referral) };
};

/** Nobody messages her while reaching her is not safe. */
export const checkSafe = (
  referral: Referral,
  message = 'A safety hold is in force: do not try to reach her until it is lifted',
) => {
  if (holdsInForce(referral).length > 0) throw wrongTime(message);
};

/** One person says that it is safe again, of all holds in force. */
export const proposeLiftDraft = (on: On, context: Context): Content => {
  const { referral } = on;
  const holds = holdsInForce(referral).map(({ id }) => id);
  if (holds.length === 0) throw wrongTime('No safety hold is in force');
  const data = { proposal: `${nextSlot(on.counts, context.country)}-1`, holds };
  return { type: 'safety-hold.lift-proposed.v1', data, offices: officesAtWork(referral) };
};

/** What this person may approve: another's word, of another office where there are two at work. */
export const approvable = (referral: Referral, caller: Caller): LiftProposal[] => {
  if ('system' in caller || !officesAtWork(referral).includes(caller.office)) return [];
  return openProposals(referral).filter(
    ({ office, by }) =>
      office !== caller.office ||
      (isAlone(referral, caller.office) && by !== undefined && by !== caller.by),
  );
};

/** Only the sender can be alone: it is a party for ever. */
const isAlone = (referral: Referral, office: Office): boolean =>
  office === referral.sender && officesAtWork(referral).length === 1;

export const approveLiftDraft = (
  { input, caller }: CommandOf<'approve-lift'>,
  { referral }: On,
): Content => {
  const may = approvable(referral, caller);
  if (may.length === 0)
    throw wrongTime('No lift waits for a second person, of another office, such as you');
  const proposal = may.find(({ id }) => id === input.proposal);
  if (!proposal)
    throw invalid('/proposal', `Must be one of: ${may.map(({ id }) => id).join(', ')}`);
  const { id, holds } = proposal;
  return {
    type: 'safety-hold.lifted.v1',
    data: { proposal: id, holds },
    offices: officesAtWork(referral),
  };
};
