import type { Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import type { Command, Context } from './command.ts';
import { expiredGrants } from './consent.ts';
import { dueByClock, unconfirmed } from './deadlines.ts';
import { voidOf } from './leaving.ts';
import { choiceFor, lineStatus, wayOf } from './lines.ts';
import { nextOffice } from './next-office.ts';
import { isChainFull, isServing } from './offers.ts';
import { overdueOverrides } from './override.ts';
import { takenOver } from './referring.ts';
import type { Referral, State } from './state.ts';
import { inDirectory } from './suspension.ts';

/** The next thing that this country's system must do by itself. Computed, never remembered; each step leaves a fact. */
export const dueNext = (state: State, context: Context): Command | undefined => {
  const { referral } = inDirectory(state, context.offices);
  if (!referral) return undefined;
  const caller = { system: context.country };
  const lost = referral.offers.find((o) => o.owner === context.country && voidOf(referral, o));
  if (lost) return { do: 'cancel', offer: lost.id, input: {}, caller };
  const over = referral.offers.find(
    (o) => o.owner === context.country && isServing(o) && takenOver(referral, o).length > 0,
  );
  if (over) return { do: 'close-parent', offer: over.id, input: {}, caller };
  if (overdueOverrides(referral, context.country, context.at).length > 0)
    return { do: 'end-override', input: {}, caller };
  const mine = referral.origin === context.country && state.unknown.length === 0;
  return (
    (mine ? ofOrigin(referral, context) : undefined) ??
    dueByClock(referral, context) ??
    (mine ? forGood(referral, context) : undefined)
  );
};

/** What cannot be undone comes last: it may have to wait for the other country (`isForGood`). */
const forGood = (referral: Referral, context: Context): Command | undefined =>
  unconfirmed(referral, context).length > 0
    ? { do: 'confirm-withdrawal', input: {}, caller: { system: context.country } }
    : undefined;

/** Whether both countries must hold the same facts before the system does this. */
export const isForGood = (command: Command): boolean => command.do === 'confirm-withdrawal';

/** Where the lines go. */
const ofOrigin = (referral: Referral, context: Context): Command | undefined => {
  const caller = { system: context.country };
  if (expiredGrants(referral, context.at).length > 0)
    return { do: 'lapse-consent', input: {}, caller };
  // A line that takes a supervisor does not keep the next one waiting.
  const [choice] = referral.lines.flatMap(({ id: line }) => {
    const chosen = lineStatus(referral, line) === 'contested' && choiceFor(referral, line);
    return chosen ? [{ line, offer: chosen.id }] : [];
  });
  if (choice) return { do: 'place-line', input: choice, caller };
  const again = reOffer(referral, context);
  return again && { do: 'offer', input: again, caller };
};

/** The first line that goes to the next office of its list, with the other lines that go there too. */
const reOffer = (
  referral: Referral,
  context: Context,
): { office: Office; lines: LineId[] } | undefined => {
  const going = referral.lines.flatMap((line) => {
    const waits =
      lineStatus(referral, line.id) === 'open' && wayOf(referral, line.id) === 'next-office';
    const free = waits && !isChainFull(referral, [line.id]);
    const office = free && nextOffice(referral, line, context);
    return office ? [{ line: line.id, office }] : [];
  });
  const office = going[0]?.office;
  return (
    office && { office, lines: going.filter((g) => g.office === office).map(({ line }) => line) }
  );
};
