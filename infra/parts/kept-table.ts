import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

interface Kept {
  /** Only of one that was restored: CloudFormation takes in what it finds under its name. */
  readonly tableName?: string | undefined;
  readonly stream?: StreamViewType;
  readonly timeToLiveAttribute?: string;
  /** What is erased must not live on in a backup or an export. */
  readonly noCopies?: true;
}
interface Recovered extends Kept {
  readonly pitrDays: number;
}
interface Unrecovered extends Kept {
  /** Why this table has no point-in-time recovery. */
  readonly unrecovered: string;
}

const copiesDenied = () =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:CreateBackup',
          'dynamodb:StartAwsBackupJob',
          'dynamodb:ExportTableToPointInTime',
        ],
        resources: ['*'], // the table that it stands on
      }),
    ],
  });

/** A restored table has a name of its own: the stack takes it in, and leaves the one before where it is. */
export const restoredAs = (id: string, tableName: string | undefined): string =>
  tableName ? `${id}-${tableName}` : id;

/** A table that neither a deleted stack nor a slip in the console takes away. */
export class KeptTable extends Table {
  constructor(scope: Construct, id: string, props: Recovered | Unrecovered) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
      tableName: props.tableName,
      stream: props.stream,
      timeToLiveAttribute: props.timeToLiveAttribute,
      resourcePolicy: props.noCopies && copiesDenied(),
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: 'pitrDays' in props,
        recoveryPeriodInDays: 'pitrDays' in props ? props.pitrDays : undefined,
      },
    });
    if ('unrecovered' in props) acknowledge(this, 'AwsSolutions-DDB3', props.unrecovered);
  }

  /** Else every grant on the table would be one on all its indexes: who reads one is given that one. */
  protected override get hasIndex() {
    return false;
  }
}
