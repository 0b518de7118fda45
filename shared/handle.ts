import type { Country, Fact, Instant, Ref } from '../events/envelope.ts';
import { contextOf } from './context.ts';
import type { Directory } from './directory.ts';
import { Refused } from './errors.ts';
import type { Mark } from './ids.ts';
import { type Ledger, type Recorded, receivedIn } from './ledger.ts';
import { record } from './record.ts';
import { allowedCommands } from './referral/allowed.ts';
import { actorOf, type Command, type Context, type Worker } from './referral/command.ts';
import { debtFor } from './referral/debt-view.ts';
import { decide } from './referral/decide.ts';
import { fold } from './referral/fold.ts';
import type { Counts } from './referral/order.ts';
import type { State } from './referral/state.ts';
import { viewFor } from './referral/view.ts';

export type World = {
  readonly country: Country;
  readonly ledger: Ledger;
  readonly directory: Pick<Directory, 'offices'>;
  readonly now: () => Instant;
};

/** `mark`: of the call's Idempotency-Key. `ifMatch`: the only version that the caller wants to change. */
type Conditions = { readonly mark?: Mark | undefined; readonly ifMatch?: string | undefined };

export type Handled = {
  readonly state: State;
  readonly context: Context;
  readonly recorded: boolean;
  readonly facts: readonly Fact[];
  /** What this call became, now or when it came first; nothing where no fact carries its key. */
  readonly fact: Fact | undefined;
};

/** The only way to decide and append: loads the log, honours a repeat, decides, records. */
export const handle = async (
  world: World,
  ref: Ref,
  command: Command,
  { mark, ifMatch }: Conditions = {},
): Promise<Handled> => {
  let context = await contextOf(world);
  let before: Fact | undefined;
  const decided = (log: readonly Recorded[]) => {
    context = { ...context, receivedAt: receivedIn(log) };
    before = mark && repeated(log, mark);
    if (before) return undefined;
    const state = fold(log.map(({ fact }) => fact));
    // A stranger must not learn from a 412 that there is something to change.
    if (
      ifMatch !== undefined &&
      ifMatch !== etagOf(state.counts) &&
      isParty(state, command, context)
    )
      throw withState(
        new Refused('changed-meanwhile', 412, 'Read it again'),
        state,
        command,
        context,
      );
    try {
      const draft = decide(state, command, context);
      return draft && { ...draft, actor: actorOf(command.caller) };
    } catch (error) {
      throw error instanceof Refused && error.status === 409
        ? withState(error, state, command, context)
        : error;
    }
  };
  const { facts, recorded } = await record(world, ref, decided, mark);
  const fact = recorded ? facts.at(-1) : before;
  return { state: fold(facts), context, recorded, facts, fact };
};

/** Version of a referral as its two counts, `"kr3.vn2"`. */
export const etagOf = ({ kr, vn }: Counts) => `"kr${kr}.vn${vn}"`;

/** What this very call was recorded as before; the same key with another body is an error, not a repeat. */
const repeated = (log: readonly Recorded[], { call, body }: Mark): Fact | undefined => {
  const before = log.find(({ mark }) => mark?.call === call);
  if (before && before.mark?.body !== body)
    throw new Refused(
      'key-reused',
      422,
      'This Idempotency-Key was used with another body: take a new one',
      {
        field: 'Idempotency-Key',
      },
    );
  return before?.fact;
};

const isParty = (state: State, { caller }: Command, context: Context) =>
  'office' in caller && shownTo(caller.office, state, context) !== undefined;

/** The present state and what the caller may do now, so that a page that was late can go on. */
const withState = (
  error: Refused,
  state: State,
  { caller }: Command,
  context: Context,
): Refused => {
  if ('system' in caller) return error;
  return new Refused(error.code, error.status, error.message, {
    ...error.more,
    ...presented(state, caller, context),
  });
};

const shownTo = (...of: Parameters<typeof viewFor>) => viewFor(...of) ?? debtFor(...of);

/** What a caller reads of a referral; nothing when it is not a party, and owes nothing. */
export const presented = (state: State, caller: Worker, context: Context) => {
  const view = shownTo(caller.office, state, context);
  return view && { state: view, allowedCommands: allowedCommands(state, caller, context) };
};
