import { Refused } from '../errors.ts';
import { shownCode } from './codes.ts';
import type { Act, Caller, Command, CommandOf, Context, Draft } from './command.ts';
import { drafts } from './drafts.ts';
import { hasTakenOver } from './handing-over.ts';
import { isPlaced } from './lines.ts';
import { offerIn, statusOf } from './offers.ts';
import { countryOf } from './order.ts';
import { hasRead } from './receipts.ts';
import { type Party, type Rule, rules } from './rules.ts';
import type { Offer, Referral, State } from './state.ts';
import { submit } from './submit.ts';
import { inDirectory } from './suspension.ts';

const notFound = () => new Refused('not-found', 404, 'No such referral or offer for this office');

/** One fact, or nothing when the command already took effect; so retries and redeliveries are free. */
export const decide = (folded: State, command: Command, context: Context): Draft | undefined => {
  const state = inDirectory(folded, context.offices);
  const { caller } = command;
  const home = 'system' in caller ? caller.system : countryOf(caller.office);
  if (home !== context.country)
    throw new Refused('not-yours-to-do', 403, 'An office decides in its own country alone');
  if (command.do === 'submit') return submit(state, command, context);
  const { referral } = state;
  const rule = rules[command.do];
  const offer = referral && offerIn(referral, command.offer);
  const party = referral && partyOf(caller, referral, offer, rule);
  if (!referral || !party) throw notFound();
  const refusal = refusalOf(state, { command: command.do, caller, party, offer }, context);
  if (refusal === 'done') return repeated(offer, command);
  if (refusal) throw refusal;
  if (command.do === 'place-line' && isPlaced(referral, command.input)) return undefined;
  if (command.do === 'take-over' && 'office' in caller && hasTakenOver(referral, caller.office))
    return undefined;
  return drafts(command, { referral, offer, counts: state.counts }, context);
};

/** What the caller is to this offer or referral; nothing for a stranger, who must not learn that it exists. */
export const partyOf = (
  caller: Caller,
  referral: Referral,
  offer: Offer | undefined,
  { on, who }: Rule,
): Party | undefined => {
  const { sender, offers, helplines, proposed, named } = referral;
  if (on === 'offer' && !offer) return undefined;
  if ('system' in caller) return 'system';
  // An offer that crossed a hand-over may ask the new sender itself.
  if (offer?.office === caller.office && on === 'offer' && who.includes('receiver'))
    return 'receiver';
  if (caller.office === sender) return 'sender';
  if (who.includes('helpline') && helplines.includes(caller.office)) return 'helpline';
  if (who.includes('proposed') && caller.office === proposed) return 'proposed';
  if (who.includes('named') && named.some(({ office }) => office === caller.office)) return 'named';
  const mine =
    on === 'offer'
      ? offer?.office === caller.office
      : offers.some((o) => o.office === caller.office);
  if (mine) return 'receiver';
  return who.includes('reader') && hasRead(referral, caller.office) ? 'reader' : undefined;
};

type Asked = {
  readonly command: Act;
  readonly caller: Caller;
  readonly party: Party;
  readonly offer: Offer | undefined;
};

/** Why not: wrong party, wrong time, or `done` when it took effect before. Nothing when it may happen. */
export const refusalOf = (
  state: State,
  { command, caller, party, offer }: Asked,
  context: Context,
): Refused | 'done' | undefined => {
  const { referral } = state;
  const { who, supervisor, when, done, needs = [], risky } = rules[command];
  if (!who.includes(party)) return notYours(`Only the ${who.join(' or the ')} may ${command}`);
  if (supervisor && 'role' in caller && caller.role !== 'supervisor')
    return notYours(`Only a supervisor may ${command}`);
  if (offer && referral && done?.(offer, referral)) return 'done';
  if (offer && when && !when.includes(statusOf(offer))) {
    const message = `The offer must be ${when.join(' or ')} to ${command}`;
    return new Refused('not-allowed-now', 409, message);
  }
  if (risky && state.unknown.length > 0)
    return new Refused(
      'newer-fact-here',
      409,
      'A fact of a newer type is here: wait for the update',
    );
  if (!referral || !offer) return undefined;
  return needs.map((need) => need(referral, offer, context, caller)).find((refusal) => refusal);
};

const notYours = (message: string) => new Refused('not-yours-to-do', 403, message);

const withoutInput: ReadonlySet<Act> = new Set([
  'acknowledge',
  'start-service',
  'confirm-cancellation',
  'cancel',
  'expire',
  'close-parent',
]);

/** Nothing, or a refusal when the input differs. Sealed input is compared by its key alone, before `decide`. */
const repeated = (offer: Offer | undefined, command: Command): undefined => {
  if (withoutInput.has(command.do)) return;
  const same = command.do === 'accept' && offer?.accepted && sameAnswer(command, offer.accepted);
  if (same) return;
  throw new Refused(
    'already-done-differently',
    409,
    `${command.do} took effect before, with other input or another key`,
  );
};

const sameAnswer = (
  { input }: CommandOf<'accept'>,
  accepted: NonNullable<Offer['accepted']>,
): boolean => {
  const listed = (lines: readonly string[]) => lines.toSorted().join();
  const left = (input.left ?? []).map(({ line, reason }) => `${line} ${shownCode(reason)}`);
  return (
    listed(input.lines) === listed(accepted.lines) &&
    listed(left) === listed(accepted.left.map(({ line, reason }) => `${line} ${reason}`))
  );
};
