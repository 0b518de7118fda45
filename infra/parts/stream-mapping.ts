import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Call, perFiveMinutes } from './call.ts';
import { Dlq } from './dlq.ts';
import type { NodeFunction } from './node-function.ts';
import type { Place } from './place.ts';

interface StreamMappingProps {
  readonly place: Place;
  readonly table: Table;
  readonly target: NodeFunction;
  readonly filter: Parameters<typeof FilterCriteria.filter>[0];
  /** What people lose while records come late, and when the stream's day was over for some. */
  readonly late: string;
  readonly agedOut: string;
}

/** A table's stream -> function. It never skips: a batch comes again until the stream's day is over. */
export class StreamMapping extends EventSourceMapping {
  constructor(scope: Construct, id: string, props: StreamMappingProps) {
    const { place, table, target, filter, late, agedOut } = props;
    super(scope, id, {
      target,
      eventSourceArn: table.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON, // LATEST may miss records
      filters: [FilterCriteria.filter(filter)],
      batchSize: 100,
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      retryAttempts: -1,
      maxRecordAge: Duration.days(1),
      onFailure: new SqsDlq(new Dlq(scope, 'AgedOut', { place, impact: agedOut })),
    });
    const age = target.metric('IteratorAge', { period: perFiveMinutes, statistic: 'Maximum' });
    const above = perFiveMinutes.toMilliseconds();
    new Call(this, 'Late', { place, metric: age, impact: late, above });
    table.grantStreamRead(target);
    const reason = 'ListStreams, which the mapping needs, knows no resource';
    acknowledge(scope, 'AwsSolutions-IAM5[Resource::*]', reason);
  }
}
