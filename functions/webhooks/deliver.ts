import * as z from 'zod';
import { eachMessage } from '../../shared/consume.ts';
import { delivered } from '../../shared/delivered.ts';
import { log } from '../../shared/log.ts';
import { guardedAgent, post } from '../../shared/post.ts';
import { rangesOf } from '../../shared/target.ts';
import {
  allowed,
  deliveries,
  directory,
  endpoints,
  ledger,
  now,
  secrets,
} from '../../shared/world.ts';

const agent = guardedAgent(rangesOf(allowed()));
const Message = z.object({ id: z.string() });

/** One attempt at one delivery. What did not succeed is reported and comes again; after 15 tries it waits in the DLQ. */
export const handler = eachMessage(async (message) => {
  const { id } = Message.parse(message);
  const send = (url: string, headers: Record<string, string>, body: string) =>
    post(url, headers, body, agent);
  const stores = {
    deliveries: deliveries(),
    endpoints: endpoints(),
    ledger: ledger(),
    secrets: secrets(),
    directory: directory(),
  };
  const outcome = await delivered({ ...stores, now, send }, id);
  log.info('attempt', { delivery: id, outcome });
  return outcome === 'failed' ? 'again' : undefined;
});
