import { Fact } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { deliveryIdOf } from '../../shared/ids.ts';
import { log } from '../../shared/log.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { country, deliveries, endpoints, now, queue } from '../../shared/world.ts';

/** One delivery for each endpoint of each of our offices that a fact concerns; each network sends only to its own. */
export const handler = eachMessage(async (message) => {
  const fact = Fact.parse(message);
  const { subject, seq, type } = fact;
  const offices = fact.data.offices.filter((office) => countryOf(office) === country());
  for (const office of offices)
    for (const endpoint of await endpoints().of(office)) {
      const id = deliveryIdOf(endpoint.id, fact.id);
      const { state, tries } = await deliveries().put({
        ...{ id, office, endpoint: endpoint.id, subject, country: fact.country, seq, type },
        ...{ createdAt: now(), state: 'pending', tries: 0 },
      });
      if (state !== 'pending' || tries > 0) continue;
      await queue('DELIVER').send({ id }, { group: `${endpoint.id}#0`, once: id });
    }
  log.info('fanned out', { subject, type, seq });
});
