import { commands } from '../../events/commands.ts';
import type { Instant } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { fold } from '../referral/fold.ts';
import { isOverdue, planToAsk } from '../referral/overdue.ts';
import type { ArrivalQuestion } from './gate-messages.ts';
import { type Vault, vaultOf } from './opened.ts';

export type ArrivalGate = Vault & {
  readonly ledger: Pick<Ledger, 'load'>;
  readonly now: () => Instant;
};

const PART = 'plan-travel';

/**
 * Whether the date of the plan that waits here is over. Writes nothing. No, where the plan waits no more or she withdrew; throws
 * when its date should be here and is not, as that is no answer.
 */
export const isArrivalOverdue = async (
  gate: ArrivalGate,
  { ref, plan: asked }: ArrivalQuestion,
): Promise<boolean> => {
  const state = fold((await gate.ledger.load(ref)).map(({ fact }) => fact));
  const plan = planToAsk(state, gate.country);
  if (!state.referral || plan?.id !== asked) return false;
  const vault = await vaultOf(gate, ref).catch(erasedOnly);
  if (!vault) return false;
  try {
    const slot = `${plan.at.country}${plan.at.seq}`;
    const sealed = vault.sealed.find((one) => one.slot === slot && one.part === PART);
    if (!sealed) throw new Error('The date of this plan is not sealed here');
    const { date } = commands[PART].body.parse(await vault.opened(sealed));
    return isOverdue(state.referral, date, gate.now());
  } finally {
    await vault.close();
  }
};

/** What was destroyed at this very moment waits for nobody. */
const erasedOnly = (error: unknown): undefined => {
  if (!(error instanceof Refused)) throw error;
};
