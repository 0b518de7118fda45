import { eachMessage } from '../../shared/consume.ts';
import { metric } from '../../shared/metric.ts';
import { factOf, putBack } from '../../shared/put-back.ts';
import { country, now, openLedger, slots } from '../../shared/world.ts';

/** While the ledger is being restored: own facts that the archive replays, back into their slots. A replay keeps no order. */
export const handler = eachMessage(async (message) => {
  const fact = factOf(message);
  if (fact.country !== country())
    throw new Error('The archive brought a fact of the other country');
  const restored = { country: country(), slots: slots(), ledger: openLedger(), now };
  if ((await putBack(restored, fact)) === 'other-bytes') metric(country(), 'FactsContradicting', 1);
});
