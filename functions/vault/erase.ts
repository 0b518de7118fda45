import * as z from 'zod';
import { Instant, Ref } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { log } from '../../shared/log.ts';
import { erase } from '../../shared/vault/erase.ts';
import { eraser } from '../../shared/world.ts';

/** A fact by which something must go (`id`), or what follow-up found to be finished: no fact can bring `agreed`. */
const Message = z.looseObject({
  id: z.string().optional(),
  subject: Ref,
  agreed: Instant.optional(),
});

/** Destroys the keys, then what they sealed, and says so; as often as it is asked. */
export const handler = eachMessage(async (message) => {
  const { id, subject, agreed } = Message.parse(message);
  const erased = await erase(eraser(), { subject, ...(id === undefined && { agreed }) });
  if (erased) log.info('erased', { subject, ...erased });
});
