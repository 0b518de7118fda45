import type { Instant } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Caller, CommandOf, Context, On } from './command.ts';
import { consentStatus, covers, isClosedByHer } from './consent.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { isClosedTo, isOpen, isOverridden, isServing } from './offers.ts';
import { countryOf, nextSlot } from './order.ts';
import { type OverrideProposal, openOverrides, overdueOverrides, overridesIn } from './override.ts';
import { mayApproveOverride } from './override-steps.ts';
import { holdsInForce } from './safety.ts';
import type { Offer, Referral } from './state.ts';

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

/** Whether an override lets this office be asked, or accept, now: nothing while a safety hold is in force. */
export const isOpenedTo = (referral: Referral, asked: Pick<Offer, 'office'>, at: Instant) =>
  holdsInForce(referral).length === 0 && isOverridden(referral, asked, at);

/** Whether neither she nor a safety hold closed the whole referral. */
const isFree = (referral: Referral): boolean =>
  referralStatus(referral) === 'active' &&
  holdsInForce(referral).length === 0 &&
  consentStatus(referral) !== 'withdrawn';

/** Whether this office lacks a consent that she did not withdraw; the sender may need it for whom it asks next. */
export const mayProposeOverride = (referral: Referral, caller: Caller): boolean => {
  if ('system' in caller || !isFree(referral)) return false;
  if (overridesIn(referral, countryOf(caller.office)).length > 0) return false;
  const own = referral.offers.filter(({ office }) => office === caller.office);
  return caller.office === referral.sender || own.some((offer) => isMissing(referral, offer));
};

/** It waits for an answer or serves, and neither she nor the sender closed it. */
const isMissing = (referral: Referral, offer: Offer): boolean =>
  (isOpen(offer) || isServing(offer)) &&
  !isClosedByHer(referral, offer) &&
  !isClosedTo(referral, offer.office) &&
  !offer.requests.some(({ withdrawal }) => withdrawal);

/** Whether an offer of this office is not covered; an office without one needs it for whom it asks. */
export const lacksConsent = (referral: Referral, caller: Caller, at: Instant): boolean => {
  const own = referral.offers.filter((o) => 'office' in caller && o.office === caller.office);
  return own.length === 0 || own.some((offer) => !covers(referral, offer, 2, at));
};

/** The basis describes her: it is checked, and sealed. */
export const proposeOverrideDraft = (
  { input, caller }: CommandOf<'propose-override'>,
  { referral, counts }: On,
  { codes, at, country }: Context,
): Content => {
  codeIn(reasonsOf(codes, 'override-basis'), input.basis, '/basis', at);
  if (!mayProposeOverride(referral, caller))
    throw wrongTime(
      'The referral is over, an override or a safety hold is in force, or she withdrew her consent',
    );
  if (!lacksConsent(referral, caller, at))
    throw wrongTime('Her consent covers your office: there is nothing to override');
  const proposer = 'office' in caller ? [caller.office] : [];
  const data = { proposal: `${nextSlot(counts, country)}-1` };
  const offices = [...new Set([referral.sender, ...proposer])];
  return { type: 'consent.override-proposed.v1', data, offices };
};

/** Proposals of its country by another office, where this one may be the second. */
export const approvableOverrides = (referral: Referral, caller: Caller): OverrideProposal[] =>
  'office' in caller && isFree(referral) && mayApproveOverride(referral, caller.office)
    ? openOverrides(referral, countryOf(caller.office)).filter((o) => o.office !== caller.office)
    : [];

export const approveOverrideDraft = (
  { input, caller }: CommandOf<'approve-override'>,
  { referral, counts }: On,
  { codes, at, country }: Context,
): Content => {
  codeIn(reasonsOf(codes, 'override-basis'), input.basis, '/basis', at);
  const may = approvableOverrides(referral, caller);
  if (may.length === 0) throw wrongTime('No override waits for a second office such as yours');
  const proposal = may.find(({ id }) => id === (input.proposal ?? may.at(-1)?.id));
  if (!proposal)
    throw invalid('/proposal', `Must be one of: ${may.map(({ id }) => id).join(', ')}`);
  const second = 'office' in caller ? [caller.office] : [];
  const data = { proposal: proposal.id, override: `${nextSlot(counts, country)}-1` };
  const offices = [...new Set([referral.sender, proposal.office, ...second])];
  return { type: 'consent.overridden.v1', data, offices };
};

export const endOverrideDraft = (referral: Referral, { at, country }: Context): Content => {
  const [one] = overdueOverrides(referral, country, at);
  if (!one) throw wrongTime('No override of this country is over');
  const proposal = referral.overrides.proposals.find(({ id }) => id === one.proposal);
  const offices = [...new Set([referral.sender, ...(proposal ? [proposal.office] : [])])];
  return { type: 'consent.override-ended.v1', data: { override: one.id }, offices };
};
