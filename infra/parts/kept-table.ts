import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

interface Kept {
  /** Only of one that was restored: CloudFormation takes in what it finds under its name. */
  readonly tableName?: string | undefined;
  readonly stream?: StreamViewType;
  readonly timeToLiveAttribute?: string;
}
interface Recovered extends Kept {
  readonly pitrDays: number;
}
interface Rebuilt extends Kept {
  /** Why this table needs no point-in-time recovery. */
  readonly rebuiltFrom: string;
}

/** A table that neither a deleted stack nor a slip in the console takes away. */
export class KeptTable extends Table {
  constructor(scope: Construct, id: string, props: Recovered | Rebuilt) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
      tableName: props.tableName,
      stream: props.stream,
      timeToLiveAttribute: props.timeToLiveAttribute,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: 'pitrDays' in props,
        recoveryPeriodInDays: 'pitrDays' in props ? props.pitrDays : undefined,
      },
    });
    if ('rebuiltFrom' in props)
      acknowledge(this, 'AwsSolutions-DDB3', `Rebuilt from ${props.rebuiltFrom}`);
  }

  /** Else every grant on the table would be one on all its indexes: who reads one is given that one. */
  protected override get hasIndex() {
    return false;
  }
}
