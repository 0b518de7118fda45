import type { Direction } from '../../events/referral.ts';
import { countryOf, directionTo, hadSeen, momentOf, peerOf, positionOf } from './order.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';

/** By the sender, to another office of its country; a later proposal replaces an earlier one. */
export const proposed = (
  referral: Referral,
  { actor, data: { office } }: Of<'responsibility.proposed.v1'>,
): Referral | undefined => {
  const { sender, origin } = referral;
  const other = office !== sender && countryOf(office) === origin;
  return actor === (sender as string) && other ? { ...referral, proposed: office } : undefined;
};

/** By the office that was proposed, with a consent that names it: in the origin, and for what comes back over the border. */
export const moved = (
  { proposed: office, ...referral }: Referral,
  fact: Of<'responsibility.moved.v1'>,
): Referral | undefined => {
  const { consent, origin, reach, senders } = referral;
  if (!office || fact.actor !== (office as string)) return undefined;
  const named = (direction: Direction) =>
    consent.grants.some(
      (grant) =>
        grant.office === office &&
        grant.direction === direction &&
        hadSeen(positionOf(fact), grant.recorded),
    );
  const fedBack = reach === 'both' && consent.feedback !== 'none';
  if (!named(origin) || (fedBack && !named(directionTo(peerOf(origin), office)))) return undefined;
  return { ...referral, sender: office, senders: [...senders, { office, since: momentOf(fact) }] };
};
