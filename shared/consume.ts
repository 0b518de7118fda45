import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { log } from './log.ts';

/**
 * Runs each message of a batch; those that failed, or that answer `again`, are reported and come again. When every one
 * failed, the last error is thrown, so that the function's alarm rings.
 */
export const eachMessage =
  (consume: (message: unknown) => Promise<unknown>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    let thrown = 0;
    for (const { messageId, body } of Records) {
      try {
        if ((await consume(JSON.parse(body))) !== 'again') continue;
      } catch (error) {
        log.error('message failed', error, { messageId });
        thrown += 1;
        if (thrown === Records.length) throw error;
      }
      batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  };
