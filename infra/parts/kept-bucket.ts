import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

interface KeptBucketProps {
  readonly description: string;
  readonly lifecycleRules: LifecycleRule[];
  /** Why no access log is kept. */
  readonly unlogged: string;
}

/** A versioned bucket under a key of its own, which neither a deleted stack nor a public policy opens or takes away. */
export class KeptBucket extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: KeptBucketProps) {
    super(scope, id);
    const { description, lifecycleRules, unlogged } = props;
    const removalPolicy = RemovalPolicy.RETAIN;
    this.key = new Key(this, 'Key', { description, enableKeyRotation: true, removalPolicy });
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules,
      removalPolicy,
    });
    acknowledge(this.bucket, 'AwsSolutions-S1', unlogged);
  }

  /** On the objects below a prefix, and nothing else. */
  protected letUse(fn: Lambda, prefix: string, ...actions: readonly string[]) {
    const resources = [this.bucket.arnForObjects(`${prefix}/*`)];
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources }));
    const finding = `AwsSolutions-IAM5[Resource::${this.exportedArn}/${prefix}/*]`;
    acknowledge(fn.node.scope ?? fn, finding, 'Objects are named after referral, paper and file');
  }

  /** As the finding calls it: by the name under which the other stack takes it in. */
  private get exportedArn() {
    const stack = Stack.of(this);
    return stack.resolve(stack.exportValue(this.bucket.bucketArn))['Fn::ImportValue'];
  }

  /** `ListBucket` or `ListBucketVersions`, of what lies below these prefixes. */
  protected letList(
    fn: Lambda,
    action: 's3:ListBucket' | 's3:ListBucketVersions',
    ...prefixes: string[]
  ) {
    const within = prefixes.map((prefix) => `${prefix}/*`);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: [action],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': within } },
      }),
    );
  }

  /** By way of S3 alone. */
  protected letEncrypt(fn: Lambda, ...actions: ('kms:Decrypt' | 'kms:GenerateDataKey')[]) {
    const via = `s3.${Stack.of(this).region}.amazonaws.com`;
    fn.addToRolePolicy(
      new PolicyStatement({
        actions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': via } },
      }),
    );
  }
}
