import { invalid, Refused } from '../errors.ts';
import { cancellationReason } from './cancelling.ts';
import type { CommandOf, Context } from './command.ts';
import type { Content } from './drafts.ts';
import { choiceFor, claimsOn, lineIn, lineStatus } from './lines.ts';
import type { Referral } from './state.ts';

export const stopDraft = (
  { input }: CommandOf<'stop-line'>,
  referral: Referral,
  context: Context,
): Content => {
  const { line, reason } = input;
  if (!lineIn(referral, line)) throw invalid('/line', 'Must be a line of this referral');
  if (lineStatus(referral, line) !== 'open')
    throw new Refused('not-allowed-now', 409, 'Only an open line can be stopped', {
      field: '/line',
    });
  cancellationReason(reason, 'stop-line', context);
  return { type: 'line.stopped.v1', data: { line } };
};

/** The choice between offices that accepted the same line: the system's by rule, a supervisor's where two have begun. */
export const placeDraft = (
  { input, caller }: CommandOf<'place-line'>,
  referral: Referral,
): Content => {
  const { line, offer } = input;
  if (!lineIn(referral, line)) throw invalid('/line', 'Must be a line of this referral');
  const claims = claimsOn(referral, line);
  const choice = choiceFor(referral, line);
  const bySystem = 'system' in caller;
  if (lineStatus(referral, line) !== 'contested' || (choice !== undefined) !== bySystem)
    throw new Refused('not-allowed-now', 409, 'This line waits for no choice', { field: '/line' });
  if (!claims.some(({ id }) => id === offer) || (choice && choice.id !== offer))
    throw invalid('/offer', `Must be one of: ${claims.map(({ id }) => id).join(', ')}`);
  const offices = [referral.sender, ...claims.map(({ office }) => office)];
  return { type: 'line.placed.v1', data: { line, offer }, offices };
};
