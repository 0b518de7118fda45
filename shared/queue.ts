import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

type Fifo = { readonly group: string; readonly once: string };
type Later = { readonly delay: number };

/** A queue we write to. `group` and `once` (deduplication id) are for FIFO queues; `delay` in seconds, 900 at most, for others. */
export type Queue = {
  send(message: object, how?: Fifo | Later): Promise<void>;
};

export const queueAt = (client: SQSClient, url: string): Queue => ({
  async send(message, how) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(message),
        ...(how &&
          'group' in how && { MessageGroupId: how.group, MessageDeduplicationId: how.once }),
        ...(how && 'delay' in how && { DelaySeconds: how.delay }),
      }),
    );
  },
});
