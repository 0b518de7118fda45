import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalCountry } from './country.ts';

/** One direction: the queue that stands in for the border rules' target, and the bus where they point on AWS. */
export const openBorder = (from: LocalCountry, to: LocalCountry) => {
  const sqs = new SQSClient(from.client);
  const events = new EventBridgeClient(to.client);
  const QueueUrl = from.queues.Carrier;
  return {
    /** What waits, or comes within a second. Who takes a message has a minute for it. */
    async take() {
      const ask = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 60 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(ask));
      return Messages;
    },
    async put({ Body = '', ReceiptHandle }: Message, times: number) {
      const event = JSON.parse(Body);
      const entry = {
        EventBusName: to.borderBus,
        Source: event.source,
        DetailType: event['detail-type'],
        Detail: JSON.stringify(event.detail),
        Time: new Date(event.time),
      };
      const Entries = Array.from({ length: times }, () => entry);
      const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount) throw new Error(`${to.borderBus} refused an event`);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    async lose({ ReceiptHandle }: Message) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    async giveBack({ ReceiptHandle }: Message) {
      const now = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      await sqs.send(new ChangeMessageVisibilityCommand(now));
    },
  };
};
