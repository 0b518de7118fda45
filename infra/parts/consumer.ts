import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { Dlq } from './dlq.ts';
import { NodeFunction } from './node-function.ts';
import type { Place } from './place.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';

interface ConsumerProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly pattern: EventPattern;
  readonly entry: string;
  readonly impact: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `$.detail` where the event around the fact is of no use. */
  readonly inputPath?: string;
  readonly visibility?: Duration;
  readonly receives?: number;
  readonly timeout?: Duration;
  /** Only where the peer's policies must name it. */
  readonly roleName?: string;
}

/** Bus -> rule -> queue -> function. A message that fails comes again alone, and ends in a DLQ. */
export class Consumer extends Construct {
  readonly fn: NodeFunction;
  readonly rule: Rule;
  readonly queue: QueueWithDlq;

  constructor(scope: Construct, id: string, props: ConsumerProps) {
    super(scope, id);
    const { place, bus, pattern, entry, impact, environment, inputPath, roleName } = props;
    this.queue = new QueueWithDlq(this, 'Queue', {
      place,
      impact: `${impact}: messages gave up`,
      visibility: props.visibility ?? Duration.seconds(120),
      receives: props.receives ?? 5,
    });
    this.rule = new Rule(this, 'Rule', { eventBus: bus, eventPattern: pattern });
    this.rule.addTarget(
      new SqsQueue(this.queue, {
        message: inputPath ? RuleTargetInput.fromEventPath(inputPath) : undefined,
        deadLetterQueue: new Dlq(this, 'RuleDlq', {
          place,
          impact: `${impact}: events were turned away`,
        }),
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
      }),
    );
    const timeout = props.timeout ?? Duration.seconds(20);
    this.fn = new NodeFunction(this, 'Function', {
      ...{ place, entry, impact, environment, timeout },
      ...(roleName && { roleName }),
    });
    this.fn.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true }),
    );
  }
}
