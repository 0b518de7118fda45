import { Duration } from 'aws-cdk-lib';
import { EventField, type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Dlq } from '../parts/dlq.ts';
import { notReplayed } from '../parts/not-replayed.ts';
import type { Place } from '../parts/place.ts';

interface KeysRotatedProps {
  readonly place: Place;
  readonly bus: IEventBus;
}

/** A new key counts after a day: time in which the desk can ask whether it was the office. */
export class KeysRotated extends Construct {
  constructor(scope: Construct, id: string, { place, bus }: KeysRotatedProps) {
    super(scope, id);
    const description = 'An office changed the keys that it signs with';
    const subject = EventField.fromPath('$.detail.subject');
    const target = new SnsTopic(place.alarms, {
      authorizeUsingRole: true, // else the topic would let in the rules of any account
      message: RuleTargetInput.fromText(`${description}: ${subject}`),
      deadLetterQueue: new Dlq(this, 'NotTold', {
        place,
        impact: 'The desk was not told that an office changed its keys',
      }),
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    const rule = new Rule(this, 'Rule', {
      description,
      eventBus: bus,
      eventPattern: {
        source: factSources(place.country), // the desk is the operators of both countries
        detailType: ['office.keys-rotated.v1'],
      },
      targets: [target],
    });
    notReplayed(rule);
  }
}
