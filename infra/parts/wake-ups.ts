import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Dlq } from './dlq.ts';
import type { Place } from './place.ts';

interface WakeUpsProps {
  readonly place: Place;
  /** Where the wake-ups go. */
  readonly queue: IQueue;
  /** Who sets them. */
  readonly fn: Lambda;
  /** What people lose when one does not arrive. */
  readonly impact: string;
}

/** Schedules that a function sets for itself: each rings once, into the queue that it reads. */
export class WakeUps extends Construct {
  constructor(scope: Construct, id: string, { place, queue, fn, impact }: WakeUpsProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group.scheduleGroupArn },
        },
      }),
    });
    const dlq = new Dlq(this, 'NotWoken', { place, impact });
    for (const target of [queue, dlq]) target.grantSendMessages(role);
    const schedules = `arn:aws:scheduler:${region}:${account}:schedule/${group.scheduleGroupName}/*`;
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['scheduler:CreateSchedule'], resources: [schedules] }),
    );
    acknowledge(
      fn.node.scope ?? this,
      `AwsSolutions-IAM5[Resource::${schedules}]`,
      'Named after subject and minute',
    );
    role.grantPassRole(fn.grantPrincipal);
    fn.addEnvironment('WAKE_GROUP', group.scheduleGroupName);
    fn.addEnvironment('WAKE_QUEUE', queue.queueArn);
    fn.addEnvironment('WAKE_ROLE', role.roleArn);
    fn.addEnvironment('WAKE_DLQ', dlq.queueArn);
  }
}
