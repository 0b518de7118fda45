import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { Call, perFiveMinutes } from '../parts/call.ts';
import { Dlq } from '../parts/dlq.ts';
import { NodeFunction } from '../parts/node-function.ts';
import { ownMetric } from '../parts/own-metric.ts';
import type { Place } from '../parts/place.ts';

interface HeartbeatProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly apiUrl: string;
}

/** Says every five minutes that the line is up, and how long ago the peer said so. */
export class Heartbeat extends Construct {
  constructor(scope: Construct, id: string, { place, bus, ledger, apiUrl }: HeartbeatProps) {
    super(scope, id);
    const fn = new NodeFunction(this, 'Function', {
      place,
      entry: 'border/heartbeat.ts',
      impact: 'Nobody would notice that the line to the other country is cut',
      environment: { BUS: bus.eventBusName, LEDGER: ledger.tableName, API_URL: apiUrl },
      timeout: Duration.seconds(20),
    });
    bus.grantPutEventsTo(fn);
    ledger.grant(fn, 'dynamodb:GetItem');
    const target = new LambdaFunction(fn, {
      deadLetterQueue: new Dlq(this, 'NotRun', { place, impact: 'The heartbeat was not started' }),
      maxEventAge: perFiveMinutes, // by then the next one is due
      retryAttempts: 2,
    });
    new Rule(this, 'Every', { schedule: Schedule.rate(perFiveMinutes), targets: [target] });
    new Call(this, 'Lag', {
      place,
      impact: 'The other country has not been heard for fifteen minutes',
      metric: ownMetric(place.country, 'BorderLagSeconds', 'Maximum'),
      above: 900,
      periods: 2, // one beat may fall into its neighbour's five minutes
      missing: TreatMissingData.BREACHING,
    });
  }
}
