import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { log } from './log.ts';

/** Runs each message of a batch; those that failed, or that answer `again`, are reported and come again. */
export const eachMessage =
  (consume: (message: unknown) => Promise<unknown>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      try {
        if ((await consume(JSON.parse(body))) !== 'again') continue;
      } catch (error) {
        log.error('message failed', error, { messageId });
      }
      batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  };
