import { Refused } from '../errors.ts';
import { checkLines } from './checks.ts';
import { roundOfGoing } from './clocks-of-leaving.ts';
import { codeIn } from './codes.ts';
import type { CommandOf, Context, Draft } from './command.ts';
import { overRounds } from './deadlines.ts';
import { goingOf } from './going.ts';
import { type Leaving, leavingOf, together } from './leaving.ts';
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

export const requestTo = (
  { input }: CommandOf<'request-cancellation'>,
  offer: Offer,
  context: Context,
) => {
  const { lines = offer.lines, reason } = input;
  checkLines(lines, offer.lines, '/lines');
  return { lines, ...cancellationReason(reason, 'request-cancellation', context) };
};

/** What the offer loses. */
export const cancellation = (referral: Referral, offer: Offer): Leaving =>
  asked(leavingOf(referral, offer));

/** What the receiver lets go of; a silent one loses no line but those whose own time is over. */
export const confirmation = (
  { caller }: CommandOf<'confirm-cancellation'>,
  referral: Referral,
  offer: Offer,
  context: Context,
) => {
  if (!('system' in caller)) return { ...cancellation(referral, offer), cause: 'receiver' };
  const over = overRounds(referral, offer, 'cancellation', context);
  const late = goingOf(referral, offer).filter((going) =>
    over.includes(roundOfGoing(referral, going)),
  );
  return { ...asked(together(late)), cause: 'clock' };
};

const asked = (leaving: Leaving | undefined): Leaving => {
  if (!leaving) throw new Refused('not-allowed-now', 409, 'Nobody asked to cancel this offer');
  return leaving;
};
