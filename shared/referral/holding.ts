import { invalid, Refused } from '../errors.ts';
import { codeIn } from './codes.ts';
import type { Caller, CommandOf, Context } from './command.ts';
import type { Offer, Referral } from './state.ts';
import { awaitedPlan } from './travel.ts';

const DAY = 24 * 3_600_000;
const MOST_BY_A_WORKER = 2;

/** Why this caller may not let the service wait, if so. */
export const againstHold = (
  { urgency }: Referral,
  offer: Offer,
  caller: Caller,
): Refused | undefined => {
  if (urgency === 'emergency' && !offer.contactMade)
    return new Refused('not-allowed-now', 409, 'In an emergency reach her first');
  const supervisor = 'role' in caller && caller.role === 'supervisor';
  return offer.holds.length >= MOST_BY_A_WORKER && !supervisor
    ? new Refused('not-yours-to-do', 403, 'A third hold is a supervisor’s decision')
    : undefined;
};

/** How long a service waits, and whether it waits for her arrival; the reason itself is sealed, not told. */
export const holdDraft = ({ input }: CommandOf<'hold'>, referral: Referral, context: Context) => {
  const { codes, at } = context;
  const row = codeIn(codes.holdReasons, input.reason, '/reason', at);
  const { maxReviewDays: days, pausesContact } = row;
  const { review } = input;
  if (days === null && review !== undefined)
    throw invalid('/review', 'Leave it out: the hold ends when she arrives');
  if (days !== null && (review === undefined || !isWithin(review, at, days)))
    throw invalid('/review', `Say when somebody looks again, within ${days} days`);
  const awaitsArrival = row.endsWith === 'record-arrival';
  if (awaitsArrival && !awaitedPlan(referral))
    throw invalid('/reason', 'Nobody waits for her arrival: plan her travel first (plan-travel)');
  return {
    ...(review && { review }),
    awaitsArrival,
    pausesContact,
  };
};

const isWithin = (review: string, at: string, days: number): boolean => {
  const ahead = Date.parse(review) - Date.parse(at);
  return ahead > 0 && ahead <= days * DAY;
};
