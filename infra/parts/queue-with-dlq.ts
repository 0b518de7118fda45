import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { Dlq } from './dlq.ts';
import type { Place } from './place.ts';

interface QueueWithDlqProps {
  readonly place: Place;
  /** What people lose while messages wait in the DLQ. */
  readonly impact: string;
  readonly visibility: Duration;
  readonly receives: number;
  /** Order by group, and one message once in five minutes. */
  readonly fifo?: true;
}

/** A queue whose failures wait in a DLQ that calls somebody. */
export class QueueWithDlq extends Queue {
  constructor(scope: Construct, id: string, props: QueueWithDlqProps) {
    const { place, impact, visibility, receives, fifo } = props;
    super(scope, id, {
      visibilityTimeout: visibility,
      retentionPeriod: Duration.days(14), // the most there is: behind a partner that fails, others wait
      receiveMessageWaitTime: Duration.seconds(20),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      fifo,
      contentBasedDeduplication: fifo,
      deadLetterQueue: {
        maxReceiveCount: receives,
        queue: new Dlq(scope, `${id}Dlq`, { place, impact, fifo }),
      },
    });
  }
}
