import type { Act } from '../../shared/referral/command.ts';

/** What moves a line, or takes one from an office. */
export const moves: readonly Act[] = [
  'offer',
  'accept',
  'decline',
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
/** What opens and shuts a gate besides. */
export const consents: readonly Act[] = [
  'withdraw-consent',
  'record-consent',
  'confirm-withdrawal',
  'refute-withdrawal',
  'refuse-cancellation',
];
