import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue we write to. `group` and `once` (deduplication id) are for FIFO queues. */
export type Queue = {
  send(message: object, fifo?: { readonly group: string; readonly once: string }): Promise<void>;
};

export const queueAt = (client: SQSClient, url: string): Queue => ({
  async send(message, fifo) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(message),
        ...(fifo && { MessageGroupId: fifo.group, MessageDeduplicationId: fifo.once }),
      }),
    );
  },
});
