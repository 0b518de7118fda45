import { invalid, Refused } from '../errors.ts';
import { checkLines } from './checks.ts';
import { closeDraft } from './close.ts';
import { codeIn, shown } from './codes.ts';
import type { Command, CommandOf, Context, Draft, On } from './command.ts';
import { voidOf } from './derive.ts';
import { offerDraft } from './offering.ts';
import type { Offer } from './state.ts';

/** The fact that a permitted command becomes. */
export const drafts = (
  command: Exclude<Command, { do: 'submit' }>,
  on: On,
  context: Context,
): Draft => {
  const { referral, offer } = on;
  const by = 'by' in command.caller ? { by: command.caller.by } : {};
  if (command.do === 'offer') return withBy(offerDraft(command, on, context), by);
  if (!offer) throw new Refused('not-found', 404, 'No such offer');
  const draft = (type: Draft['type'], data: object): Draft => ({
    type,
    reach: referral.reach,
    data: { offices: [referral.sender, offer.office], ...by, offer: offer.id, ...data },
  });
  switch (command.do) {
    case 'acknowledge':
      return draft('offer.acknowledged.v1', {});
    case 'accept':
      return draft('offer.accepted.v1', answer(command, offer, context));
    case 'decline': {
      const { reason, next } = shown(command.input.reason, '/reason', context);
      return draft('offer.declined.v1', { reason, next });
    }
    case 'withdraw':
      return draft(...withdrawal(command, offer, context));
    case 'start-service':
      return draft('service.started.v1', {});
    case 'report-progress': {
      const { kind } = command.input;
      return draft('service.progressed.v1', {
        kind,
        ...(kind === 'visit' && { visit: offer.visits + 1 }),
      });
    }
    case 'close':
      return draft('service.closed.v1', closeDraft(command, referral, offer, context));
    case 'cancel': {
      const lost = voidOf(referral, offer);
      if (!lost) throw new Refused('not-allowed-now', 409, 'The offer stands');
      const { lines, next, cause, shut } = lost;
      return draft('offer.cancelled.v1', { lines, next, cause, shut });
    }
  }
};

const withBy = (draft: Draft, by: object): Draft => ({ ...draft, data: { ...draft.data, ...by } });

/** Lines taken and lines left, each left with a reason. */
const answer = ({ input }: CommandOf<'accept'>, offer: Offer, context: Context) => {
  const left = input.left ?? [];
  const takenAndLeft = [...input.lines, ...left.map(({ line }) => line)];
  checkLines(takenAndLeft, offer.lines, '/lines');
  const missing = offer.lines.filter((line) => !takenAndLeft.includes(line));
  if (missing.length > 0)
    throw invalid('/left', `Say why these lines are left: ${missing.join(', ')}`);
  const rows = left.map(({ line, reason }, i) => {
    const { side, ...rest } = shown(reason, `/left/${i}/reason`, context);
    if (side !== 'provider')
      throw invalid(`/left/${i}/reason`, 'Give a reason that describes the office, or "other"');
    return { line, ...rest };
  });
  return { lines: input.lines, ...(rows.length > 0 && { left: rows }) };
};

/** A cancellation in the owner's own country, a request across the border. */
const withdrawal = (
  { input }: CommandOf<'withdraw'>,
  offer: Offer,
  { codes, at, country }: Context,
): [Draft['type'], object] => {
  const rows = codes.cancellationReasons.filter(({ commands }) => commands.includes('withdraw'));
  const { next, shutsGate: shut } = codeIn(rows, input.reason, '/reason', at);
  const { lines } = offer;
  return offer.owner === country
    ? ['offer.cancelled.v1', { lines, next, shut, cause: 'withdrawn' }]
    : ['offer.withdrawal-requested.v1', { lines, next, shut }];
};
