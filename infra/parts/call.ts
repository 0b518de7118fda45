import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { Place } from './place.ts';

interface CallProps {
  readonly place: Place;
  readonly metric: IMetric;
  /** What people lose meanwhile: the alarm's text and the heading of its entry in the runbook. */
  readonly impact: string;
  /** The alarm rings above this. */
  readonly above: number;
  readonly periods?: number;
  readonly missing?: TreatMissingData;
}

/** An alarm that always calls somebody, and always says what is at stake. */
export class Call extends Alarm {
  constructor(scope: Construct, id: string, props: CallProps) {
    super(scope, id, {
      metric: props.metric,
      alarmDescription: props.impact,
      threshold: props.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.missing ?? TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.place.alarms));
  }
}

export const perFiveMinutes = Duration.minutes(5);
