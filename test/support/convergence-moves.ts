import type { Act } from '../../shared/referral/command.ts';

/** What moves a line, but for an office’s own no. */
export const moves: readonly Act[] = [
  'offer',
  'accept',
  'withdraw',
  'request-cancellation',
  'confirm-cancellation',
  'cancel',
  'stop-line',
  'reopen',
  'place-line',
  'refer-onward',
  'close-parent',
];
/** An office’s own no, and what opens and shuts a gate. */
export const consents: readonly Act[] = [
  'decline',
  'withdraw-consent',
  'record-consent',
  'confirm-withdrawal',
  'refute-withdrawal',
  'refuse-cancellation',
];
