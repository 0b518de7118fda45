import { countryOf, hadSeen, momentOf, positionOf } from './order.ts';
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

/** By the office that was proposed, with a consent of the origin that names it. */
export const moved = (
  { proposed: office, ...referral }: Referral,
  fact: Of<'responsibility.moved.v1'>,
): Referral | undefined => {
  const { consent, origin, senders } = referral;
  const named = consent.grants.some(
    (grant) =>
      grant.office === office &&
      grant.direction === origin &&
      hadSeen(positionOf(fact), grant.recorded),
  );
  if (!office || fact.actor !== (office as string) || !named) return undefined;
  return { ...referral, sender: office, senders: [...senders, { office, since: momentOf(fact) }] };
};
