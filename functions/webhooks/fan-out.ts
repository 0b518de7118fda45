import { Fact } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { deliveryIdOf } from '../../shared/ids.ts';
import { log } from '../../shared/log.ts';
import { hearersOf } from '../../shared/referral/fact-for.ts';
import { fold } from '../../shared/referral/fold.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { wants } from '../../shared/register-endpoint.ts';
import { country, deliveries, endpoints, ledger, now, queue } from '../../shared/world.ts';

/** One delivery for each endpoint of each of our offices that a fact concerns; each network sends only to its own. */
export const handler = eachMessage(async (message) => {
  const fact = Fact.parse(message);
  const { subject, seq, type } = fact;
  const facts = (await ledger().load(subject)).map((known) => known.fact);
  const offices = hearersOf(fold(facts), fact).filter((office) => countryOf(office) === country());
  for (const office of offices)
    for (const endpoint of await endpoints().of(office)) {
      if (!wants(endpoint, type)) continue;
      const id = deliveryIdOf(endpoint.id, fact.id);
      const { state, tries } = await deliveries().put({
        ...{ id, office, endpoint: endpoint.id, subject, country: fact.country, seq, type },
        ...{ createdAt: now(), state: 'pending', tries: 0 },
      });
      if (state !== 'pending' || tries > 0) continue;
      // A group of its own: until there is a retry clock, nothing may wait behind a fact that a partner refuses.
      await queue('DELIVER').send({ id }, { group: id, once: id });
    }
  log.info('fanned out', { subject, type, seq });
});
