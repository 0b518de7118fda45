import type { Instant } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import type { Context } from './command.ts';
import { claimsOn } from './lines.ts';
import type { Moment, Referral } from './state.ts';

/** When this country knew of a fact: nobody owes an answer to what had not arrived. */
export const known = (moment: Moment, { receivedAt }: Pick<Context, 'receivedAt'>): Instant =>
  receivedAt(moment) ?? moment.at;

/** A round by the slot of the fact that began it: the same whatever else comes to be known. */
export const roundBy = (
  { origin }: Referral,
  { country, seq }: Pick<Moment, 'country' | 'seq'>,
): number => 2 * seq + Number(country !== origin);

/** The facts that let go of a line, how often it was accepted, and how often it went to and fro. */
const endsOf = ({ offers }: Referral, line: LineId) => {
  const held = offers.filter(({ offered }) => offered.includes(line));
  const ends = held.flatMap(({ letGo, closed = [] }) => [...letGo, ...closed]);
  const moments = ends.filter((end) => end.line === line).map(({ since }) => since);
  const accepted = held.filter((offer) => offer.accepted?.lines.includes(line)).length;
  const reopenings = held.reduce((sum, offer) => sum + offer.reopenings, 0);
  return { moments, accepted, reopenings };
};

/** Since when a line waits for its sender: all its offers let it go, or two serve it. */
export const waitingSince = (referral: Referral, line: LineId, context: Context): Instant => {
  const claims = claimsOn(referral, line).flatMap(({ claim }) => claim ?? []);
  const moments = claims.length > 0 ? claims : endsOf(referral, line).moments;
  const instants = moments.map((moment) => known(moment, context)).toSorted();
  return instants.at(-1) ?? referral.submittedAt;
};

/** A second acceptance makes a choice of it, which is not the wait before. */
export const roundOf = (referral: Referral, line: LineId): number => {
  const { moments, accepted, reopenings } = endsOf(referral, line);
  return 1 + moments.length + Math.max(0, accepted - 1) + reopenings;
};
