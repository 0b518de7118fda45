import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Call, perFiveMinutes } from './call.ts';
import type { Place } from './place.ts';

interface DlqProps {
  readonly place: Place;
  /** What people lose while something lies here. */
  readonly impact: string;
  readonly fifo?: true;
}

/** Where failures wait for a person: 14 days, the longest SQS keeps anything, and a call at the first. */
export class Dlq extends Queue {
  constructor(scope: Construct, id: string, { place, impact, fifo }: DlqProps) {
    super(scope, id, {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      fifo,
    });
    const metric = this.metricApproximateNumberOfMessagesVisible({
      period: perFiveMinutes,
      statistic: 'Maximum',
    });
    new Call(this, 'NotEmpty', { place, metric, impact, above: 0 });
    acknowledge(this, 'AwsSolutions-SQS3', 'Is itself where failures end: a person redrives it');
  }
}
