import type { Next } from '../../events/referral.ts';
import { invalid, Refused } from '../errors.ts';
import { codeIn } from './codes.ts';
import type { CommandOf, Context } from './command.ts';
import { statusOf } from './offers.ts';
import type { Offer, Referral } from './state.ts';

/** Each line's end: what the outcome makes happen; the outcome itself is sealed, not told. */
export const closeDraft = (
  { input, caller }: CommandOf<'close'>,
  referral: Referral,
  offer: Offer,
  context: Context,
) => {
  const named = input.outcomes.map(({ line }) => line);
  if (named.toSorted().join() !== offer.lines.toSorted().join())
    throw invalid('/outcomes', `Give one outcome for each of: ${offer.lines.join(', ')}`);
  const lines = input.outcomes.map(({ line, outcome }, i) => {
    const field = `/outcomes/${i}/outcome`;
    const row = codeIn(context.codes.outcomes, outcome, field, context.at);
    checkOutcome(row, { referral, offer, field });
    if (row.supervisor && !('role' in caller && caller.role === 'supervisor'))
      throw new Refused('not-yours-to-do', 403, 'Only a supervisor may close with this outcome', {
        field,
      });
    return { line, state: row.state, next: nextOf(row.next, referral) };
  });
  if (statusOf(offer) !== 'in-progress' && !lines.every(({ state }) => state === 'failed'))
    throw new Refused(
      'not-allowed-now',
      409,
      'Start or resume the service first, or close every line as failed',
    );
  return { lines };
};

const checkOutcome = (
  row: Context['codes']['outcomes'][number],
  { referral, offer, field }: { referral: Referral; offer: Offer; field: string },
) => {
  if (row.requires)
    throw invalid(field, 'The system closes with it once an office that you referred to accepts');
  if (!row.attempts) return;
  if (
    referral.consent.contact === 'no-contact' ||
    referral.consent.contact === 'person-contacts-office'
  )
    throw invalid(field, 'She asked not to be contacted: use did-not-come-forward');
  const { atLeast, onDays } = row.attempts;
  if (offer.attempts.length < atLeast || new Set(offer.attempts).size < onDays)
    throw invalid(field, `Report at least ${atLeast} contact attempts on ${onDays} days first`);
};

const nextOf = (next: string, { urgency }: Referral): Next => {
  if (next === 'sender-if-urgent') return urgency === 'normal' ? 'none' : 'sender';
  return next as Next;
};
