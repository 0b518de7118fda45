import type { ReferralFact } from '../../events/facts.ts';
import { isOpen, isServing, statusOf } from './offers.ts';
import type { Offer } from './state.ts';
import type { Of } from './steps.ts';
import * as steps from './steps.ts';
import { within } from './within.ts';

type Step = Exclude<
  Extract<ReferralFact, { data: { offer: unknown } }>,
  Of<
    | 'offer.made.v1'
    | 'line.placed.v1'
    | 'offer.withdrawal-requested.v1'
    | 'offer.cancellation-requested.v1'
    | 'offer.information-provided.v1'
    | 'offer.expired.v1'
    | 'deadline.reminded.v1'
    | 'deadline.missed.v1'
  >
>;

/** The receiver's own steps: what may follow what. */
export const receiverStep = (offer: Offer, fact: Step): Offer | undefined => {
  if (fact.actor !== (offer.office as string)) return undefined;
  const status = statusOf(offer);
  const serving = isServing(offer);
  switch (fact.type) {
    case 'offer.acknowledged.v1':
      return status === 'requested' ? { ...offer, acknowledged: true } : undefined;
    case 'offer.information-requested.v1':
      return isOpen(offer) && fact.data.round === offer.rounds.length + 1
        ? steps.questioned(offer, fact)
        : undefined;
    case 'offer.accepted.v1':
      return isOpen(offer) && within(answered(fact), offer.lines)
        ? steps.accepted(offer, fact)
        : undefined;
    case 'offer.declined.v1':
      return isOpen(offer) ? steps.lettingGo(offer, fact) : undefined;
    case 'offer.acceptance-withdrawn.v1':
      return status === 'accepted' ? steps.lettingGo(offer, fact) : undefined;
    case 'offer.cancellation-refused.v1':
      return serving ? steps.refused(offer, fact) : undefined;
    case 'offer.cancelled.v1':
      return serving && within(fact.data.lines, offer.lines)
        ? steps.cancelled(offer, fact)
        : undefined;
    case 'service.started.v1':
      return status === 'accepted' ? { ...offer, started: true } : undefined;
    case 'service.progressed.v1':
      return serving ? steps.progressed(offer, fact) : undefined;
    case 'service.held.v1':
      return serving && (!offer.held || offer.held.over) ? steps.held(offer, fact) : undefined;
    case 'service.resumed.v1':
      return offer.held ? steps.resumed(offer, fact) : undefined;
    case 'service.closed.v1':
      return serving &&
        !fact.data.onward &&
        within(
          fact.data.lines.map(({ line }) => line),
          offer.lines,
        )
        ? steps.closed(offer, fact)
        : undefined;
    case 'service.reopened.v1':
      return offer.closed && offer.closed.length > 0 ? steps.reopened(offer, fact) : undefined;
  }
};

const answered = ({ data }: Of<'offer.accepted.v1'>) => [
  ...data.lines,
  ...(data.left ?? []).map(({ line }) => line),
];
