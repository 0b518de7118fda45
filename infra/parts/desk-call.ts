import { Duration } from 'aws-cdk-lib';
import {
  EventField,
  type EventPattern,
  type IEventBus,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Dlq } from './dlq.ts';
import type { Place } from './place.ts';
import { notReplayed } from './replayed.ts';

interface DeskCallProps {
  readonly place: Place;
  readonly bus: IEventBus;
  /** What the desk is told, and the heading of its entry in the runbook. */
  readonly description: string;
  /** What people lose while it cannot be told. */
  readonly impact: string;
  /** Which facts it is told of. */
  readonly facts: Pick<EventPattern, 'detailType' | 'detail'>;
}

/** A fact that the network desk, the operators of both countries, is told of at once. */
export class DeskCall extends Construct {
  constructor(scope: Construct, id: string, props: DeskCallProps) {
    super(scope, id);
    const { place, bus, description, impact, facts } = props;
    const subject = EventField.fromPath('$.detail.subject');
    const target = new SnsTopic(place.alarms, {
      authorizeUsingRole: true, // else the topic would let in the rules of any account
      message: RuleTargetInput.fromText(`${description}: ${subject}`),
      deadLetterQueue: new Dlq(this, 'NotCalled', { place, impact }),
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    const eventPattern = { source: factSources(place.country), ...facts };
    const rule = new Rule(this, 'Rule', { description, eventBus: bus, eventPattern });
    rule.addTarget(target);
    notReplayed(rule);
  }
}
