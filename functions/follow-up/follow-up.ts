import { Fact, Ref } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { doWhatIsDue } from '../../shared/due.ts';
import { log } from '../../shared/log.ts';
import { world } from '../../shared/world.ts';

/** At every fact, in both countries: does what is due by itself. */
export const handler = eachMessage(async (message) => {
  const ref = Ref.safeParse(Fact.parse(message).subject);
  if (!ref.success) return;
  log.info('followed up', { subject: ref.data, steps: await doWhatIsDue(world(), ref.data) });
});
