import type { Refused } from '../errors.ts';
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
 * Who may give her her report reads with it under which laws offices keep copies, at either gate: also once she withdrew, or all
 * else is erased.
 */
export const receiptAccessOf = (
  state: State,
  caller: Worker,
  context: Context,
): ReceiptAccess | Refused =>
  admitted(state, caller, context, (referral) =>
    givesReport(referral, caller) ? { what: 'receipts', stage: 1, grants: [] } : undefined,
  );
