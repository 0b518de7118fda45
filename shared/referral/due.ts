import type { Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import type { Command, Context } from './command.ts';
import { expiredGrants } from './consent.ts';
import { dueSteps, unconfirmed } from './deadlines.ts';
import { voidOf } from './leaving.ts';
import { choiceFor, lineStatus, wayOf } from './lines.ts';
import { nextOffice } from './next-office.ts';
import { isChainFull, isServing } from './offers.ts';
import { overdueOverrides } from './override.ts';
import { takenOver } from './referring.ts';
import type { Referral, State } from './state.ts';
import { inDirectory } from './suspension.ts';

/**
 * The next thing that this country's system must do by itself, but for what it gave up. Computed, never remembered; each
 * step leaves a fact.
 */
export const dueNext = (
  state: State,
  context: Context,
  isGivenUp = (_: Command): boolean => false,
): Command | undefined => {
  for (const due of allDue(state, context)) if (!isGivenUp(due)) return due;
  return undefined;
};

function* allDue(state: State, context: Context): Generator<Command> {
  const { referral } = inDirectory(state, context.offices);
  if (!referral) return;
  const caller = { system: context.country };
  const own = referral.offers.filter(({ owner }) => owner === context.country);
  for (const offer of own)
    if (voidOf(referral, offer)) yield { do: 'cancel', offer: offer.id, input: {}, caller };
  for (const offer of own)
    if (isServing(offer) && takenOver(referral, offer).length > 0)
      yield { do: 'close-parent', offer: offer.id, input: {}, caller };
  if (overdueOverrides(referral, context.country, context.at).length > 0)
    yield { do: 'end-override', input: {}, caller };
  const mine = referral.origin === context.country && state.unknown.length === 0;
  if (mine) yield* ofOrigin(referral, context);
  for (const { command } of dueSteps(referral, context)) yield command;
  // What cannot be undone comes last: it may have to wait for the other country (`isForGood`).
  if (mine && unconfirmed(referral, context).length > 0)
    yield { do: 'confirm-withdrawal', input: {}, caller };
}

/** Whether both countries must hold the same facts before the system does this. */
export const isForGood = (command: Command): boolean => command.do === 'confirm-withdrawal';

/** Where the lines go. */
function* ofOrigin(referral: Referral, context: Context): Generator<Command> {
  const caller = { system: context.country };
  if (expiredGrants(referral, context.at).length > 0)
    yield { do: 'lapse-consent', input: {}, caller };
  for (const { id: line } of referral.lines) {
    // One that takes a supervisor does not keep the next one waiting.
    const choice = lineStatus(referral, line) === 'contested' && choiceFor(referral, line);
    if (choice) yield { do: 'place-line', input: { line, offer: choice.id }, caller };
  }
  for (const input of reOffers(referral, context)) yield { do: 'offer', input, caller };
}

/** The lines that go to the next office of their list, by that office. */
const reOffers = (referral: Referral, context: Context): { office: Office; lines: LineId[] }[] => {
  const going = referral.lines.flatMap((line) => {
    const waits =
      lineStatus(referral, line.id) === 'open' && wayOf(referral, line.id) === 'next-office';
    const free = waits && !isChainFull(referral, [line.id]);
    const office = free && nextOffice(referral, line, context);
    return office ? [{ line: line.id, office }] : [];
  });
  return [...Map.groupBy(going, ({ office }) => office)].map(([office, its]) => ({
    office,
    lines: its.map(({ line }) => line),
  }));
};
