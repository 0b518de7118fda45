import type { DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../../shared/log.ts';
import { entryOf } from '../../shared/published.ts';
import { bus, queue } from '../../shared/world.ts';

/** Ledger stream to bus: the stored text as it is. Throws when an entry failed, so that the batch comes again. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  const entries = Records.flatMap(({ dynamodb }) => entryOf(dynamodb?.NewImage?.fact?.S) ?? []);
  const [first] = entries;
  // A batch that fails is cut in halves until it is one fact: the one that this line names.
  log.info('publishing', { facts: entries.length, subject: first?.subject, seq: first?.seq });
  const refused = await bus().publish(entries);
  for (const { entry, code } of refused) {
    const { subject, country, seq } = entry;
    log.error('stuck', new Error(code), { subject, country, seq, code });
    await queue('STUCK').send({ subject, country, seq, code });
  }
};
