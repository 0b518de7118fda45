import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Call, perFiveMinutes } from '../parts/call.ts';
import type { Place } from '../parts/place.ts';

interface ApiStageProps {
  readonly place: Place;
  readonly http: HttpApi;
}

/** Route, status, time and office of each call: never a path, an address or a body. */
const line = JSON.stringify({
  request: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  office: '$context.authorizer.office',
});

/** The one stage of the API: its limits, its access log and its alarm. */
export class ApiStage extends Construct {
  constructor(scope: Construct, id: string, { place, http }: ApiStageProps) {
    super(scope, id);
    const logs = new LogGroup(this, 'Access', {
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new HttpStage(this, 'Default', {
      httpApi: http,
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 500 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(line),
      },
    });
    new Call(this, 'Failures', {
      place,
      impact: 'The API answers offices with server errors',
      metric: stage.metricServerError({ period: perFiveMinutes, statistic: 'Sum' }),
      above: 0,
    });
  }
}
