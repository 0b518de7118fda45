import { Aspects, CfnOutput, type CfnResource, Fn, type IAspect, Lazy, Stack } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnArchive, CfnEventBusPolicy, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnResourcePolicy } from 'aws-cdk-lib/aws-lambda';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

interface Difference {
  readonly differs: string;
  /** Absent where the emulator takes the setting and ignores it. */
  readonly adapt?: (node: IConstruct) => void;
}

/** All that is other than on AWS; what is not listed is deployed as it is. */
export const differences: readonly Difference[] = [
  {
    differs: 'The bus has no archive, so nothing can be replayed',
    adapt: (node) => node instanceof CfnArchive && leaveOut(node),
  },
  {
    differs: 'The border bus has no policy: anybody who may put events may put there',
    adapt: (node) => node instanceof CfnEventBusPolicy && leaveOut(node),
  },
  {
    differs: 'The door for the other country has no policy: one account holds both countries',
    adapt: (node) => node instanceof CfnResourcePolicy && leaveOut(node),
  },
  {
    differs:
      'What the border rules send waits in a queue of this country until the carrier brings it',
    adapt: (node) => node instanceof CfnRule && sendToCarrier(node),
  },
  {
    differs: 'What failed comes again after a tenth of the time, so that nobody waits for it',
    adapt: (node) => node instanceof CfnQueue && comeAgainSooner(node),
  },
  {
    differs: 'The API answers below the address of the emulator, which tokens must then name',
    adapt: (node) => node instanceof CfnFunction && nameOurAddress(node),
  },
  {
    differs: 'Queues, topics and buckets take plain HTTP, since the emulator speaks no TLS',
    adapt: (node) => isPolicy(node) && allowHttp(node),
  },
  {
    differs: 'Whoever may set a schedule is judged as if all stood in the default group',
    adapt: (node) => node instanceof CfnPolicy && inDefaultGroup(node),
  },
  {
    differs:
      'A form for S3 is held to the checksum that it names, its bytes are not; no file expires; one that is gone is 404, not 403',
  },
  { differs: 'Wake-ups come up to ten seconds late, are tried once, and their DLQ stays empty' },
  { differs: 'EventBridge tries once: rules have no retries and their DLQs stay empty' },
  { differs: 'A failing stream batch comes again each second and is never bisected' },
  { differs: 'A FIFO queue has one batch on its way, whatever its groups; batching windows are 0' },
  { differs: 'No point-in-time recovery, no throttling, no access log of the API; no alarm rings' },
];

/** Adapts an app to the emulator. */
export const adapt = (app: IConstruct) => {
  const visit: IAspect['visit'] = (node) => {
    for (const { adapt } of differences) adapt?.(node);
  };
  Aspects.of(app).add({ visit });
};

const leaveOut = (node: CfnResource) => node.node.scope?.node.tryRemoveChild(node.node.id);

const sendToCarrier = (rule: CfnRule) => {
  const stack = Stack.of(rule);
  const targets: readonly { arn: unknown }[] = stack.resolve(rule.targets) ?? [];
  if (!targets.some(({ arn }) => String(arn).startsWith('arn:aws:events:'))) return;
  const target = [{ Id: 'Carrier', Arn: carrierQueue(stack).queueArn }];
  rule.addPropertyOverride('Targets', target);
};

const carrierQueue = (stack: Stack) => {
  const made = stack.node.tryFindChild('CarrierQueue');
  if (made instanceof Queue) return made;
  const queue = new Queue(stack, 'CarrierQueue');
  new CfnOutput(stack, 'QueueCarrier', { value: queue.queueUrl });
  return queue;
};

type Policy = CfnQueuePolicy | CfnTopicPolicy | CfnBucketPolicy;
const isPolicy = (node: IConstruct): node is Policy =>
  [CfnQueuePolicy, CfnTopicPolicy, CfnBucketPolicy].some((kind) => node instanceof kind);

const allowHttp = (policy: Policy) => {
  const { Statement } = Stack.of(policy).resolve(policy.policyDocument);
  const allowing = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
  if (allowing.length > 0) policy.addPropertyOverride('PolicyDocument.Statement', allowing);
  else leaveOut(policy);
};

/** Rewritten when it is made: before that it does not know what other stacks call their things. */
const inDefaultGroup = (policy: CfnPolicy) => {
  const document = policy.policyDocument;
  const group = /:schedule\/[^/]+\//;
  if (!group.test(JSON.stringify(Stack.of(policy).resolve(document)))) return;
  policy.policyDocument = Lazy.uncachedAny({
    produce: (context) =>
      JSON.parse(JSON.stringify(context.resolve(document)).replace(group, ':schedule/default/')),
  });
};

const comeAgainSooner = (queue: CfnQueue) => {
  if (queue.visibilityTimeout) queue.visibilityTimeout = Math.ceil(queue.visibilityTimeout / 10);
};

const nameOurAddress = (fn: CfnFunction) => {
  const stack = Stack.of(fn);
  const { variables = {} } = stack.resolve(fn.environment) ?? {};
  const api = stack.node.findAll().find((node) => node instanceof CfnApi);
  if (!('API_URL' in variables) || !api) return;
  const parts = [process.env.AWS_ENDPOINT_URL ?? '', '/_aws/execute-api/', api.ref, '/$default'];
  fn.addPropertyOverride('Environment.Variables.API_URL', Fn.join('', parts));
};
