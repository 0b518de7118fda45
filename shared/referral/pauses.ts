import type { Office } from '../../events/envelope.ts';
import type { Context, Urgencies } from './command.ts';
import { countryOf } from './order.ts';
import { known } from './since.ts';
import { type Desk, endOf, type Pause } from './spans.ts';
import type { Hold, Offer, Referral } from './state.ts';

/** Whose days and hours count. */
export const deskOf = (office: Office, { offices }: Context): Desk => {
  const { authority, schedules } = offices[office] ?? {};
  return { country: countryOf(office), state: authority !== undefined, schedules };
};

/** A question is the sender's time, but at most the time to answer; of an urgent case only the first. */
export const questionPauses = (
  { urgency, sender }: Referral,
  { rounds }: Offer,
  { answer }: Urgencies,
  context: Context,
): Pause[] => {
  const counted = urgency === 'urgent' ? rounds.slice(0, 1) : rounds;
  return counted.flatMap(({ asked, answered }) => {
    const from = known(asked, context);
    const run = { from, desk: deskOf(sender, context), pauses: [] };
    const most = endOf(answer, 1, run, context.workingDays)?.at;
    const came = answered && known(answered, context);
    const to = came && most && came < most ? came : most;
    return [{ from, ...(to && { to }) }];
  });
};

/** A hold is the receiver's time, until somebody looks again. */
export const holdPauses = (holds: readonly Hold[], context: Context): Pause[] =>
  holds.map(({ from, until, review }) => {
    const ended = until && known(until, context);
    const to = ended && review && review < ended ? review : (ended ?? review);
    return { from: known(from, context), ...(to && { to }) };
  });

/** Nobody reaches out to her while a safety hold is in force. */
export const safetyPauses = ({ safety }: Referral, context: Context): Pause[] =>
  safety.holds.map(({ at, lifted }) => ({
    from: known(at, context),
    ...(lifted && { to: known(lifted, context) }),
  }));

/** In order, none over another. */
export const joined = (pauses: readonly Pause[]): Pause[] => {
  const all: Pause[] = [];
  for (const pause of pauses.toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))) {
    const last = all.at(-1);
    if (!last || (last.to && last.to < pause.from)) all.push(pause);
    else if (last.to && (!pause.to || pause.to > last.to)) all.splice(-1, 1, spanning(last, pause));
  }
  return all;
};

const spanning = ({ from }: Pause, { to }: Pause): Pause => ({ from, ...(to && { to }) });
