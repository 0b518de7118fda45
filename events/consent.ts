import * as z from 'zod';
import { fact } from './envelope.ts';
import { Grant, GrantId, WithdrawalId } from './referral.ts';

const grants = z.array(GrantId).min(1);
const withdrawals = z.array(WithdrawalId).min(1);

/** A record of consent: adds (sender), or narrows and renews. It replaces earlier grants of the same office and direction. */
export const ConsentRecorded = fact('consent.recorded.v1', {
  noticeVersion: z.string(),
  noticeHash: z.string(),
  grants: z.array(Grant).min(1),
  /** Nothing but stages and dates changed. Not said: the gate that does not hold the record gives the summary alone. */
  keepsScopes: z.boolean().optional(),
});
/**
 * Closes the gate at once, for the offices and directions of these grants. `unchecked`: written down by the sender, and no
 * office of its country can ask her whether it is her wish, until the network desk names one.
 */
export const ConsentWithdrawn = fact('consent.withdrawn.v1', {
  withdrawal: WithdrawalId,
  grants,
  unchecked: z.boolean().optional(),
});
/** She was reached, and it is her wish. `destroyed`: no grant was left, so the keys go. */
export const WithdrawalConfirmed = fact('consent.withdrawal-confirmed.v1', {
  withdrawals,
  destroyed: z.boolean(),
});
/** She was reached, and it is not her wish: the gate opens again. */
export const WithdrawalRefuted = fact('consent.withdrawal-refuted.v1', { withdrawals });
export const ConsentLapsed = fact('consent.lapsed.v1', { grants });
