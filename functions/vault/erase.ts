import * as z from 'zod';
import { FileId } from '../../events/documents.ts';
import { Instant, Ref } from '../../events/envelope.ts';
import { eachMessage } from '../../shared/consume.ts';
import { log } from '../../shared/log.ts';
import { erase, sweep } from '../../shared/vault/erase.ts';
import { eraser, forgets } from '../../shared/world.ts';

/**
 * A fact by which something must go (`id`), what follow-up found to be finished, our own second look (`sweep`), or a file that was announced a
 * while ago (`unconfirmed`): no fact can bring one of these.
 */
const Message = z.looseObject({
  id: z.string().optional(),
  subject: Ref,
  agreed: Instant.optional(),
  sweep: z.literal(true).optional(),
  unconfirmed: FileId.optional(),
});

/** Destroys the keys, then what they sealed, and says so; as often as it is asked. */
export const handler = eachMessage(async (message) => {
  const { id, subject, agreed, ...rest } = Message.parse(message);
  if (id === undefined && rest.unconfirmed) {
    const files = await forgets()(subject, rest.unconfirmed);
    if (files > 0) log.info('unconfirmed', { subject, files });
    return;
  }
  if (id === undefined && rest.sweep) {
    const files = await sweep(eraser(), subject);
    log.info('swept', { subject, files });
    return;
  }
  const erased = await erase(eraser(), { subject, ...(id === undefined && { agreed }) });
  if (erased) log.info('erased', { subject, ...erased });
});
