import { Fact, Ref } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { log } from '../../shared/log.ts';
import { metric } from '../../shared/metric.ts';
import { country, world } from '../../shared/world.ts';

/** At every fact, in both countries: does what is due by itself. */
export const handler = eachMessage(async (message) => {
  const { id, subject } = Fact.parse(message);
  const ref = Ref.safeParse(subject);
  if (!ref.success) return;
  const { steps, setAside } = await doWhatIsDue(world(), ref.data);
  if (setAside.includes(id)) metric(country(), 'FactsSetAside', 1);
  log.info('followed up', { subject, steps, setAside: setAside.join() });
});
