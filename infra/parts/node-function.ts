import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundle, sources } from './bundle.ts';
import { Call, perFiveMinutes } from './call.ts';
import type { Place } from './place.ts';

export interface NodeFunctionProps {
  readonly place: Place;
  /** Path below `functions`. */
  readonly entry: string;
  /** What people lose while it fails. */
  readonly impact: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  /** Two years where the log holds audit lines. */
  readonly keepLogs?: RetentionDays;
  /** Only where a person must find it by name. */
  readonly functionName?: string;
  /** Only where the peer's policies must name it. */
  readonly roleName?: string;
}

/** A Lambda function with its own role and log group, and an alarm that says what its errors cost. */
export class NodeFunction extends Lambda {
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { place, entry, impact, environment, timeout, keepLogs, functionName, roleName } = props;
    const { code, stage, restoring } = place.country;
    const role = new Role(scope, `${id}Role`, {
      roleName,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    // Logs outlive the function that they explain.
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: keepLogs ?? RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const folder = Stack.of(scope).bundlingRequired ? bundle(entry) : sources;
    super(scope, id, {
      functionName,
      description: `Without it: ${impact}`,
      code: Code.fromAsset(folder, { exclude: ['*.map'] }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout,
      role,
      logGroup,
      environment: {
        COUNTRY: code,
        STAGE: stage,
        ...(restoring && { RESTORING: 'true' }),
        ...environment,
      },
    });
    logGroup.grantWrite(role);
    const metric = this.metricErrors({ period: perFiveMinutes });
    new Call(this, 'Errors', { place, metric, impact, above: 0 });
  }
}
