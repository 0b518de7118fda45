import type { Fact } from '../../events/envelope.ts';
import type * as CancellingModule from '../../shared/referral/cancelling.ts';
import type * as ConsentStepsModule from '../../shared/referral/consent-steps.ts';
import type * as FactForModule from '../../shared/referral/fact-for.ts';
import type * as OfferingModule from '../../shared/referral/offering.ts';
import type * as OrderModule from '../../shared/referral/order.ts';
import type * as StepsModule from '../../shared/referral/steps.ts';
import { has, isJudging } from './bugs.ts';

type Position = Pick<Fact, 'country' | 'seq' | 'seen'>;

/** Functions of the core as somebody might have got them wrong; honest while no bug is on. */
export const order = (real: typeof OrderModule): typeof OrderModule => ({
  ...real,
  inOrder(a: Position, b: Position) {
    if (has('fold by arrival')) return 0;
    if (has('no tie-break')) return a.seq + a.seen - (b.seq + b.seen);
    if (has('order without seen'))
      return a.seq - b.seq || (a.country < b.country ? -1 : Number(a.country > b.country));
    return real.inOrder(a, b);
  },
  causesHere: (counts, fact) =>
    has('receive-facts takes a gap') ? true : real.causesHere(counts, fact),
});

/** Ids from a count over both countries. */
export const offering = (real: typeof OfferingModule): typeof OfferingModule => ({
  ...real,
  offerDraft(command, on, context) {
    const { data, ...content } = real.offerDraft(command, on, context);
    if (!has('offer ids counted over both countries')) return { data, ...content };
    const { kr, vn } = on.counts;
    return { ...content, data: { ...data, offer: `${context.country}${kr + vn + 1}-1` } };
  },
});

export const cancelling = (real: typeof CancellingModule): typeof CancellingModule => ({
  ...real,
  withdrawal: (command, offer, context) =>
    has('an offer ended by a country that does not own it')
      ? real.withdrawal(command, { ...offer, owner: context.country }, context)
      : real.withdrawal(command, offer, context),
});

export const steps = (real: typeof StepsModule): typeof StepsModule => ({
  ...real,
  requested: (offer, fact) =>
    offer.accepted && has('a withdrawal lost when it meets an acceptance')
      ? offer
      : real.requested(offer, fact),
});

export const factFor = (real: typeof FactForModule): typeof FactForModule => ({
  ...real,
  mayHear: (state, office, fact) =>
    has('webhooks to whom may not hear') && !isJudging() ? true : real.mayHear(state, office, fact),
});

export const consentSteps = (real: typeof ConsentStepsModule): typeof ConsentStepsModule => ({
  ...real,
  settled(referral, fact) {
    const refutes = fact.type === 'consent.withdrawal-refuted.v1';
    if (!refutes || !has('a refutation that lifts a withdrawal it had not seen'))
      return real.settled(referral, fact);
    const others = referral.consent.withdrawals.filter(
      ({ office, settled }) => !settled && office !== (fact.actor as string),
    );
    const withdrawals = others.map(({ id }) => id);
    const all = { ...fact, seq: 1e6, seen: 1e6, data: { ...fact.data, withdrawals } };
    return real.settled(referral, all as unknown as typeof fact);
  },
});
