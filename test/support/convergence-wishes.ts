import type { Fact } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { aboveOf, belowOf } from '../../shared/referral/family.ts';
import { cancellationOf } from '../../shared/referral/leaving.ts';
import { isOpen, isServing, isShut, offerIn } from '../../shared/referral/offers.ts';
import { directionTo } from '../../shared/referral/order.ts';
import type { Offer, Referral, State } from '../../shared/referral/state.ts';
import { knew } from './convergence-stops.ts';

/** Wishes to end something, by the bare facts, that the state of all of them does not show. */
export const lostWishes = ({ referral }: State, facts: readonly Fact[]): string[] =>
  referral
    ? facts.flatMap((fact) => [
        ...lostRequest(referral, fact, facts),
        ...lostConsent(referral, fact, facts),
      ])
    : [];

/** Whoever was asked to stop has stopped, or stands as asked to, behind a closed gate. */
const lostRequest = (referral: Referral, fact: Fact, facts: readonly Fact[]): string[] => {
  const { type, data } = fact;
  if (type === 'referral.entered-in-error.v1')
    return referral.offers
      .filter((o) => isOpen(o) || (isServing(o) && cancellationOf(referral, o) !== 'requested'))
      .map(({ id }) => `${id} goes on after an error`);
  const withdrawal = type === 'offer.withdrawal-requested.v1';
  const asked = offerIn(referral, data.offer as never);
  if (!asked || (!withdrawal && type !== 'offer.cancellation-requested.v1')) return [];
  return [asked, ...belowOf(referral, asked)].flatMap((offer) =>
    goesOn(referral, offer, fact, facts),
  );
};

/** A request on an offer is one on every offer below it. */
const goesOn = (referral: Referral, offer: Offer, fact: Fact, facts: readonly Fact[]): string[] => {
  const { type, data } = fact;
  const withdrawal = type === 'offer.withdrawal-requested.v1';
  const after = facts.filter((later) => knew(later, fact));
  const way = [offer, ...aboveOf(referral, offer)].map(({ id }) => id as string);
  const refused = after.some(
    (f) => f.type === 'offer.cancellation-refused.v1' && way.includes(f.data.offer as string),
  );
  const asksStill = (data.lines as readonly LineId[]).some((line) => offer.lines.includes(line));
  const again = after.some((f) => f.type === 'offer.made.v1' && f.data.office === offer.office);
  const shut = withdrawal || (data.shut === true && !again);
  const wrong: string[] = [];
  if (asksStill && !refused && isOpen(offer)) wrong.push(`${offer.id} was withdrawn and is open`);
  if (withdrawal && isOpen(offer)) wrong.push(`${offer.id} was withdrawn and is open`);
  if (isServing(offer) && asksStill && !refused && cancellationOf(referral, offer) !== 'requested')
    wrong.push(`${offer.id} forgot that it was asked to stop`);
  if (shut && !isShut(referral, offer)) wrong.push(`${offer.id} was shut and is not`);
  return wrong;
};

type Way = { readonly grant: string; readonly office: string; readonly direction: string };
const recordedIn = ({ type, data }: Fact): readonly Way[] => {
  if (type === 'consent.recorded.v1') return data.grants as readonly Way[];
  const { consent } = data as { consent?: { grants: readonly Way[] } };
  return type === 'referral.submitted.v1' ? (consent?.grants ?? []) : [];
};

/** What she took back stays closed, until it is refuted, or renewed by somebody who knew. */
const lostConsent = (referral: Referral, fact: Fact, facts: readonly Fact[]): string[] => {
  if (fact.type !== 'consent.withdrawn.v1') return [];
  const { withdrawal, grants } = fact.data as unknown as { withdrawal: string; grants: string[] };
  const refuted = facts.some(
    ({ type, data }) =>
      type === 'consent.withdrawal-refuted.v1' &&
      (data.withdrawals as readonly string[]).includes(withdrawal),
  );
  if (refuted) return [];
  const closed = facts.flatMap(recordedIn).filter(({ grant }) => grants.includes(grant));
  const renewed = facts.filter((later) => knew(later, fact)).flatMap(recordedIn);
  const isClosed = ({ office, made }: Offer) => {
    const same = (way: Way) =>
      way.office === office && way.direction === directionTo(made.country, office);
    return closed.some(same) && !renewed.some(same);
  };
  return referral.offers
    .filter(isClosed)
    .flatMap((offer) => [
      ...(isOpen(offer) ? [`${offer.id} is open without consent`] : []),
      ...(isShut(referral, offer) ? [] : [`the gate is open to ${offer.office} without consent`]),
      ...(isServing(offer) && cancellationOf(referral, offer) !== 'requested'
        ? [`${offer.id} serves without consent`]
        : []),
    ]);
};
