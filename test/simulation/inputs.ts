import type { Office } from '../../events/envelope.ts';
import type { Act, Context } from '../../shared/referral/command.ts';
import { aliveGrants, grantsLeft, renewable } from '../../shared/referral/consent.ts';
import { choiceFor, claimsOn, lineStatus } from '../../shared/referral/lines.ts';
import { offerIn } from '../../shared/referral/offers.ts';
import { countryOf, directionTo, peerOf } from '../../shared/referral/order.ts';
import { officesFor } from '../../shared/referral/referring.ts';
import type { Referral } from '../../shared/referral/state.ts';
import { abroad, home, shelter, stranger, third, union } from '../support/people.ts';
import type { Chance } from './chance.ts';
import { DAY } from './config.ts';
import { notice } from './submissions.ts';

type On = {
  readonly referral: Referral;
  readonly offer?: string | undefined;
  readonly context: Context;
  readonly caller: Office;
};

const withdrawals = ['person-request', 'safety', 'placed-elsewhere', 'no-longer-required', 'other'];
const declines = [
  'no-capacity',
  'no-capacity',
  'prerequisites-missing',
  'person-declined',
  'other',
];
const progress = [
  'contact-made',
  'contact-made',
  'contact-attempted',
  'visit',
  'note',
  'appointment-scheduled',
];

/** Who may take a referral over: an office that nobody asks. */
export const successors = { kr: shelter, vn: stranger } as const;

/** What the desks know how to do. */
export const practised: ReadonlySet<Act> = new Set([
  ...(['acknowledge', 'accept', 'decline', 'withdraw-acceptance', 'withdraw'] as const),
  ...(['request-information', 'provide-information', 'request-cancellation'] as const),
  ...(['confirm-cancellation', 'offer', 'stop-line', 'place-line', 'start-service'] as const),
  ...(['report-progress', 'hold', 'resume', 'close', 'reopen', 'mark-error'] as const),
  ...(['record-consent', 'withdraw-consent', 'confirm-withdrawal'] as const),
  ...(['refute-withdrawal', 'refuse-cancellation', 'refer-onward'] as const),
  ...(['raise-safety-hold', 'propose-lift', 'approve-lift'] as const),
  ...(['plan-travel', 'record-arrival', 'amend', 'give-report', 'confirm-erasure'] as const),
  ...(['propose-hand-over', 'take-over'] as const),
  ...(['propose-override', 'approve-override'] as const),
]);

/** Input that fits most of the time: what does not is refused, as it should be. */
export const anyInput = (
  name: Act,
  { referral, offer: id, context, caller }: On,
  chance: Chance,
): object => {
  const offer = offerIn(referral, id as never);
  const lines = offer?.lines ?? [];
  const all = referral.lines.map((line) => line.id);
  const line = chance.pick(all);
  switch (name) {
    case 'accept': {
      const some = lines.length > 1 && chance.yes(0.4) ? [chance.pick(lines)] : lines;
      const left = lines.filter((l) => !some.includes(l));
      return {
        lines: some,
        ...(left.length > 0 && { left: left.map((l) => ({ line: l, reason: 'no-capacity' })) }),
      };
    }
    case 'decline':
    case 'withdraw-acceptance':
      return { reason: chance.pick(declines) };
    case 'withdraw':
    case 'request-cancellation':
    case 'stop-line':
      return { reason: chance.pick(withdrawals), ...(name === 'stop-line' && { line }) };
    case 'offer': {
      const open = all.filter((l) => lineStatus(referral, l) === 'open');
      const among = [abroad, union, home, third].filter(
        (o) =>
          o !== referral.sender && (referral.reach === 'both' || countryOf(o) === referral.reach),
      );
      const parallel = open.length === 0 || chance.yes(0.3);
      const office: Office = chance.pick(among);
      const which = open.length > 0 && !parallel ? open : [line];
      return {
        office,
        lines: which,
        sameOfficeAgain: 'capacity-now',
        ...(parallel && { parallel }),
      };
    }
    case 'place-line': {
      const contested = all.find(
        (l) => lineStatus(referral, l) === 'contested' && !choiceFor(referral, l),
      );
      const claims = contested ? claimsOn(referral, contested) : [];
      return {
        line: contested ?? line,
        offer: claims[chance.below(claims.length || 1)]?.id ?? id ?? 'kr1-1',
      };
    }
    case 'report-progress':
      return { kind: chance.pick(progress) };
    case 'hold': {
      const review = new Date(Date.parse(context.at) + chance.between(0.1, 20) * DAY).toISOString();
      const reason = chance.pick(['awaiting-document', 'safety', 'awaiting-arrival']);
      return { reason, ...(reason !== 'awaiting-arrival' && { review }) };
    }
    case 'close': {
      const outcome = chance.pick([
        'service-completed',
        'service-completed',
        'no-show',
        'service-unavailable',
        'did-not-come-forward',
      ]);
      return { outcomes: lines.map((l) => ({ line: l, outcome })) };
    }
    case 'record-consent':
      return { ...notice, grants: anyGrants(referral, caller, context, chance) };
    case 'withdraw-consent': {
      const left = grantsLeft(referral).map(({ id }) => id);
      return {
        identification: 'in-person-known',
        ...(chance.yes(0.7) && { grants: [chance.pick(left)] }),
      };
    }
    case 'refer-onward': {
      const named = offer ? officesFor(referral, offer, context.at) : [];
      const office = chance.pick(named.length > 0 ? named : [abroad, union, home, third]);
      return { office, lines: lines.length > 1 && chance.yes(0.4) ? [chance.pick(lines)] : lines };
    }
    case 'reopen':
      return { reason: 'need-not-met' };
    case 'mark-error':
      return { reason: 'test-entry' };
    case 'approve-lift':
      return { proposal: referral.safety.proposals.at(-1)?.id };
    case 'record-arrival':
      return { how: 'seen' };
    case 'propose-override':
    case 'approve-override':
      return { basis: 'danger-to-life' };
    case 'propose-hand-over':
      return { office: successors[referral.origin] };
    case 'confirm-erasure':
      return { destroyed: true };
    case 'give-report':
      return { identification: 'in-person-known' };
    case 'amend':
      return { urgency: chance.pick(['urgent', 'emergency']) };
    default:
      return {};
  }
};

/** Renewed or narrowed by whom they are for; the sender may also grant anew. */
const anyGrants = (referral: Referral, caller: Office, { at }: Context, chance: Chance) => {
  const bySender = caller === referral.sender;
  const before = bySender ? aliveGrants(referral) : renewable(referral, caller);
  const expires = new Date(Date.parse(at) + chance.between(1, 60) * DAY).toISOString();
  const renewed = before.map(({ office, direction, stages, onward }) => ({
    ...{ office, direction, onward, expires },
    stages: chance.yes(0.2) ? [1] : stages,
  }));
  const { origin, proposed } = referral;
  const office = proposed ?? chance.pick([abroad, union, home, third]);
  const added = { office, direction: directionTo(origin, office), stages: [1, 2], expires };
  // Who takes over also hears back over the border.
  const back = { ...added, direction: directionTo(peerOf(origin), office) };
  const all = proposed && referral.reach === 'both' ? [added, back] : [added];
  return bySender && (renewed.length === 0 || chance.yes(0.5)) ? all : [chance.pick(renewed)];
};
