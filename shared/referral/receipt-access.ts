import { Refused } from '../errors.ts';
import type { Context, Worker } from './command.ts';
import { admitted, givesReport } from './gate.ts';
import type { State } from './state.ts';

/** The receipts that name a law, and nothing of her file. */
export type ReceiptAccess = {
  readonly what: 'receipts';
  readonly stage: 1;
  readonly grants: readonly [];
};

/**
 * Who gave her her report reads for it under which laws offices keep copies, at either gate: also once she withdrew, or all else
 * is erased. Not before: it may tell of her what her feedback keeps from the sender, and is hers to hear.
 */
export const receiptAccessOf = (
  state: State,
  caller: Worker,
  context: Context,
): ReceiptAccess | Refused =>
  admitted(state, caller, context, (referral) => {
    if (!givesReport(referral, caller)) return undefined;
    return referral.content.reported.includes(caller.office)
      ? { what: 'receipts', stage: 1, grants: [] }
      : new Refused('not-allowed-now', 409, 'Give her her report first: `give-report`');
  });
