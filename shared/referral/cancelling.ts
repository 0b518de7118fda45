import { Refused } from '../errors.ts';
import { checkLines } from './checks.ts';
import { codeIn } from './codes.ts';
import type { CommandOf, Context, Draft } from './command.ts';
import { leavingOf } from './leaving.ts';
import type { Offer, Referral } from './state.ts';

/** What a cancellation reason makes happen. */
export const cancellationReason = (
  reason: string,
  command: 'withdraw' | 'stop-line' | 'request-cancellation',
  { codes, at }: Context,
) => {
  const rows = codes.cancellationReasons.filter(({ commands }) => commands.includes(command));
  const { next, shutsGate } = codeIn(rows, reason, '/reason', at);
  return { next, shut: shutsGate };
};

/** A cancellation in the owner's own country, a request across the border. */
export const withdrawal = (
  { input }: CommandOf<'withdraw'>,
  { lines, owner }: Offer,
  context: Context,
): [Draft['type'], object] => {
  const asked = { lines, ...cancellationReason(input.reason, 'withdraw', context) };
  return owner === context.country
    ? ['offer.cancelled.v1', { ...asked, cause: 'withdrawn' }]
    : ['offer.withdrawal-requested.v1', asked];
};

export const requestedCancellation = (
  { input }: CommandOf<'request-cancellation'>,
  offer: Offer,
  context: Context,
) => {
  const { lines = offer.lines, reason } = input;
  checkLines(lines, offer.lines, '/lines');
  return { lines, ...cancellationReason(reason, 'request-cancellation', context) };
};

/** What the offer loses. */
export const cancellation = (referral: Referral, offer: Offer) => {
  const leaving = leavingOf(referral, offer);
  if (!leaving) throw new Refused('not-allowed-now', 409, 'Nobody asked to cancel this offer');
  return leaving;
};
