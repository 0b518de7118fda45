import { Refused } from '../errors.ts';
import { checkAtWork, checkServing, officesAtWork } from './at-work.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { CommandOf, Context, On } from './command.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { nextSlot } from './order.ts';
import { awaitedPlan, missingSince } from './travel.ts';

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

/** A travel, or another date for it; the date itself is sealed beside the fact. */
export const planDraft = (
  { caller }: CommandOf<'plan-travel'>,
  on: On,
  { country }: Context,
): Content => {
  const { referral } = on;
  checkAtWork(referral, caller);
  if (referralStatus(referral) !== 'active') throw wrongTime('The referral is over');
  const data = { plan: `${nextSlot(on.counts, country)}-1` };
  return { type: 'travel.planned.v1', data, offices: officesAtWork(referral) };
};

/** Only what an office knows by itself; what others say is a note. */
export const arrivalDraft = (
  { input, caller }: CommandOf<'record-arrival'>,
  { referral }: On,
  { codes, at }: Context,
): Content => {
  checkServing(referral, caller);
  codeIn(reasonsOf(codes, 'arrival'), input.how, '/how', at);
  const plan = awaitedPlan(referral);
  if (!plan) throw wrongTime('No travel waits for her arrival: plan it first (plan-travel)');
  return { type: 'person.arrived.v1', data: { plan: plan.id }, offices: officesAtWork(referral) };
};

/** Written where the date was sealed, once that country’s gate has said that it is over. */
export const noArrivalDraft = (
  { input }: CommandOf<'record-no-arrival'>,
  { referral }: On,
  { country }: Context,
): Content => {
  const plan = awaitedPlan(referral);
  // The gate spoke of one plan: of a later one it has said nothing.
  if (plan?.country !== country || plan.id !== input.plan || missingSince(referral))
    throw wrongTime('No travel that was sealed here waits for her arrival');
  const data = { plan: plan.id };
  return { type: 'person.not-arrived.v1', data, offices: officesAtWork(referral) };
};
