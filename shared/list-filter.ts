import terms from './data/terms.json' with { type: 'json' };
import urgencies from './data/urgencies.json' with { type: 'json' };
import { invalid } from './errors.ts';
import type { View } from './referral/view.ts';
import type { Matches } from './views.ts';

const states = terms.filter(({ group }) => group === 'offer-state').map(({ code }) => code);

type Query = Readonly<Record<string, string | undefined>>;

/** `state=requested,received&urgency=urgent`: any of the states, by an offer that the office sees, and any of the urgencies. */
export const filterOf = ({ state, urgency }: Query): Matches | undefined => {
  const wantedStates = among(state, 'state', states);
  const wantedUrgencies = among(
    urgency,
    'urgency',
    urgencies.map(({ code }) => code),
  );
  if (!wantedStates && !wantedUrgencies) return undefined;
  return (view) =>
    (!wantedUrgencies || ('urgency' in view && wantedUrgencies.includes(view.urgency))) &&
    (!wantedStates ||
      ('offers' in view && view.offers.some((offer) => wantedStates.some((s) => isIn(offer, s)))));
};

/** `overdue=true`: the office itself is late. */
export const isOverdue = ({ overdue = 'false' }: Query): boolean => {
  if (overdue !== 'true' && overdue !== 'false') throw invalid('overdue', 'Must be true or false');
  return overdue === 'true';
};

/** A question that waits for its answer is a part of `received`. */
const isIn = ({ status, informationRequested }: View['offers'][number], state: string) =>
  state === 'info-requested' ? informationRequested !== undefined : status === state;

const among = (wanted: string | undefined, field: string, codes: readonly string[]) => {
  const named = wanted?.split(',');
  if (named && !named.every((code) => codes.includes(code)))
    throw invalid(field, `Must be among, with commas between: ${codes.join(', ')}`);
  return named;
};
