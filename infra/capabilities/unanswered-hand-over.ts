import { Duration } from 'aws-cdk-lib';
import { EventField, type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Dlq } from '../parts/dlq.ts';
import { notReplayed } from '../parts/not-replayed.ts';
import type { Place } from '../parts/place.ts';

interface UnansweredHandOverProps {
  readonly place: Place;
  readonly bus: IEventBus;
}

/** A centre called ahead and nobody answered: the desk is called instead. */
export class UnansweredHandOver extends Construct {
  constructor(scope: Construct, id: string, { place, bus }: UnansweredHandOverProps) {
    super(scope, id);
    const description = 'Nobody answered the telephone when a referral was handed over';
    const subject = EventField.fromPath('$.detail.subject');
    const target = new SnsTopic(place.alarms, {
      authorizeUsingRole: true, // else the topic would let in the rules of any account
      message: RuleTargetInput.fromText(`${description}: ${subject}`),
      deadLetterQueue: new Dlq(this, 'NotCalled', {
        place,
        impact: 'The desk was not called about a hand-over that nobody answered',
      }),
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    const rule = new Rule(this, 'Rule', {
      description,
      eventBus: bus,
      eventPattern: {
        source: factSources(place.country), // the desk is the operators of both countries
        detailType: ['referral.submitted.v1'],
        detail: { data: { handOver: { result: ['no-answer'] } } },
      },
      targets: [target],
    });
    notReplayed(rule); // or the archive would ring for emergencies of months ago
  }
}
