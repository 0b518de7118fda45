import type { Fact } from '../../events/envelope.ts';
import type { LineId, OfferId } from '../../events/referral.ts';
import { fold } from '../../shared/referral/fold.ts';
import { cancellationOf, leavingOf } from '../../shared/referral/leaving.ts';
import { choiceFor, holderOf, lineStatus } from '../../shared/referral/lines.ts';
import { offerIn, statusOf } from '../../shared/referral/offers.ts';

/** The fold of a log, and what it means for offers (`kr1-1` if none is named) and lines (`l1`); throws where none is. */
export const now = (facts: readonly Fact[]) => {
  const { referral, setAside } = fold(facts);
  if (!referral) throw new Error('no referral');
  const offer = (id = 'kr1-1') => {
    const found = offerIn(referral, id as OfferId);
    if (!found) throw new Error('no such offer');
    return found;
  };
  return {
    referral,
    setAside: setAside.length,
    offer,
    status: (id?: string) => statusOf(offer(id)),
    leaving: (id?: string) => leavingOf(referral, offer(id)),
    asked: (id?: string) => cancellationOf(referral, offer(id)),
    line: (id = 'l1') => lineStatus(referral, id as LineId),
    holder: holderOf(referral, 'l1' as LineId)?.id,
    choice: choiceFor(referral, 'l1' as LineId)?.id,
  };
};

/** The same of a log that nothing is set aside in. */
export const honest = (facts: readonly Fact[]) => {
  const it = now(facts);
  if (it.setAside > 0) throw new Error(`${it.setAside} set aside`);
  return it;
};
