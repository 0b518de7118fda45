import { Refused } from '../errors.ts';
import { isAtWork, isServingHer } from './at-work.ts';
import type { Caller, Context } from './command.ts';
import { covers, hasConsent } from './consent.ts';
import { isOver } from './deadlines.ts';
import { againstTakeOver } from './handing-over.ts';
import { againstHold } from './holding.ts';
import { cancellationOf, leavingOf, voidOf } from './leaving.ts';
import { choiceFor, lineIn, lineStatus, mayBeOffered, referralStatus, wayOf } from './lines.ts';
import { isAsked, isChainFull, isShut, pendingOn } from './offers.ts';
import { countryOf, hadSeen } from './order.ts';
import { approvableOverrides, isOpenedTo, lacksConsent, mayProposeOverride } from './overriding.ts';
import { receiptsDue } from './receipts.ts';
import { isExhausted, officesFor, referableLines, takenOver } from './referring.ts';
import { approvable } from './safeguarding.ts';
import { holdsInForce } from './safety.ts';
import type { Offer, Referral } from './state.ts';
import { awaitedPlan } from './travel.ts';

/** A condition beside who and when; the refusal says what would be right. */
export type Need = (
  referral: Referral,
  offer: Offer,
  context: Context,
  caller: Caller,
) => Refused | undefined;
/** Whether this caller may give a command on the referral at all. */
export type May = (referral: Referral, caller: Caller, context: Context) => boolean;

const wrongTime = (message: string) => new Refused('not-allowed-now', 409, message);

export const standing: Need = (referral, offer) =>
  voidOf(referral, offer) && wrongTime('The offer was withdrawn or is void; only decline is left');

export const consented: Need = (referral, offer, { at }) =>
  covers(referral, offer, 2, at) || isOpenedTo(referral, offer, at)
    ? undefined
    : new Refused('no-consent', 409, 'No valid grant lets this office see more than the summary');

const MOST_ROUNDS = 2;

export const questionsLeft: Need = ({ urgency }, offer) => {
  if (urgency === 'emergency') return wrongTime('An emergency is answered without questions: ring');
  if (isAsked(offer)) return wrongTime('Wait for the answer to your question');
  return offer.rounds.length < MOST_ROUNDS
    ? undefined
    : wrongTime('Two rounds of questions are over');
};

export const questioned: Need = (_, offer) =>
  isAsked(offer) ? undefined : wrongTime('No question waits for an answer');

export const contacted: Need = (_, offer) =>
  offer.contactMade ? undefined : wrongTime('Report contact-made or a visit first');

export const leaving: Need = (referral, offer) =>
  leavingOf(referral, offer) ? undefined : wrongTime('Nobody asked to cancel this offer');

export const owned: Need = (_, offer, { country }) =>
  offer.owner === country
    ? undefined
    : new Refused('not-yours-to-do', 403, 'The country of the office asked ends its offers');

/** The system overrules a receiver only after one and a half times its time, in its own country. */
export const silent: Need = (referral, offer, context, caller) =>
  'system' in caller
    ? (owned(referral, offer, context, caller) ??
      timeLeft(referral, offer, context, 'cancellation'))
    : undefined;

export const overdue: Need = (referral, offer, context) =>
  timeLeft(referral, offer, context, 'decide');

const timeLeft = (
  referral: Referral,
  offer: Offer,
  context: Context,
  clock: 'decide' | 'cancellation',
) =>
  isOver(referral, offer, clock, context) ? undefined : wrongTime('The office has time to answer');

export const mayWait: Need = (referral, offer, _, caller) => againstHold(referral, offer, caller);

const FOURTEEN_DAYS = 14 * 24 * 3_600_000;

export const reopenable: Need = (referral, offer, { at }) => {
  const { closedAt } = offer;
  if (!closedAt || Date.parse(at) - Date.parse(closedAt) > FOURTEEN_DAYS)
    return wrongTime('A service can be reopened for 14 days');
  if (isShut(referral, offer) || !hasConsent(referral, offer))
    return wrongTime('The access of this office is closed');
  const free = ({ line }: { line: Offer['lines'][number] }) =>
    ['open', 'closed'].includes(lineStatus(referral, line)) && !lineIn(referral, line)?.stopped;
  return offer.closed && offer.closed.length > 0 && offer.closed.every(free) && !referral.error
    ? undefined
    : wrongTime('Another office has a line by now, or it was stopped');
};

/** Only after she said so, in a record by this very office that had seen what was asked. */
export const refusable: Need = (referral, offer) => {
  const { origin, consent } = referral;
  const pending = pendingOn(referral, offer);
  if (pending.length === 0 || leavingOf(referral, offer)?.cause !== 'withdrawn')
    return wrongTime('Nobody asked to cancel this offer');
  const asked = pending.every(({ seq }) =>
    consent.records.some(
      ({ office, at }) => office === offer.office && hadSeen(at, { country: origin, seq }),
    ),
  );
  return asked ? undefined : wrongTime('Record her consent to go on first (record-consent)');
};

/** All that was asked of it, and it was asked. */
export const wasRefused = (offer: Offer, referral: Referral): boolean =>
  cancellationOf(referral, offer) === 'refused' && pendingOn(referral, offer).length === 0;

/** Nobody asked it to stop, and its own gate is open. */
export const settled: Need = (referral, offer) => {
  if (leavingOf(referral, offer)) return wrongTime('The service was asked to end');
  return isShut(referral, offer) ? wrongTime('The access of this office is closed') : undefined;
};

export const referable: Need = (referral, offer, { at }) => {
  const free = referableLines(referral, offer);
  if (!free.some((line) => !isExhausted(referral, offer, line)))
    return wrongTime('Another office was asked for each line, or it was stopped');
  return officesFor(referral, offer, at).length > 0
    ? undefined
    : new Refused('no-consent', 409, 'Her consent names no office that you may refer her to');
};

export const tookOver: Need = (referral, offer) =>
  takenOver(referral, offer).length > 0
    ? undefined
    : wrongTime('No office that it referred to has accepted');

export const hasOpenLine: May = (referral) =>
  referral.lines.some(({ id }) => lineStatus(referral, id) === 'open');

/** A supervisor may also ask beside an office that was asked, and decides where a line goes that needs a human. */
export const hasLineToOffer: May = (referral, caller) => {
  const supervisor = 'system' in caller || caller.role === 'supervisor';
  return referral.lines.some(
    ({ id }) =>
      mayBeOffered(referral, id, supervisor) &&
      !isChainFull(referral, [id]) &&
      (supervisor || wayOf(referral, id) !== 'human'),
  );
};

/** The system chooses by itself, but where two services have begun a supervisor must. */
export const hasContestedLine: May = (referral, caller) =>
  referral.lines.some(
    ({ id }) =>
      lineStatus(referral, id) === 'contested' &&
      (choiceFor(referral, id) !== undefined) === 'system' in caller,
  );

export const isActive: May = (referral) => referralStatus(referral) === 'active';
export const owesReceipt: May = (referral, caller) =>
  'office' in caller && receiptsDue(referral, caller.office).length > 0;
export const hasNoSafetyHold: May = (referral) => holdsInForce(referral).length === 0;
export const hasSafetyHold: May = (referral) => holdsInForce(referral).length > 0;
export const hasLiftToApprove: May = (referral, caller) => approvable(referral, caller).length > 0;
export const mayPlan: May = (referral, caller) =>
  referralStatus(referral) === 'active' && 'office' in caller && isAtWork(referral, caller.office);
export const mayReportArrival: May = (referral, caller) =>
  'office' in caller &&
  isServingHer(referral, caller.office) &&
  awaitedPlan(referral) !== undefined;
export const mayAmend: May = (referral, caller) =>
  referralStatus(referral) === 'active' &&
  'office' in caller &&
  isServingHer(referral, caller.office) &&
  (referral.urgency !== 'emergency' || countryOf(caller.office) === referral.origin);

export const mayTakeOver: May = (referral, caller, { at }) =>
  againstTakeOver(referral, caller, at) === undefined;

export const mayOverride: May = (referral, caller, { at }) =>
  mayProposeOverride(referral, caller) && lacksConsent(referral, caller, at);
export const hasOverrideToApprove: May = (referral, caller) =>
  approvableOverrides(referral, caller).length > 0;

export const isNoError: May = ({ error }) => !error;
