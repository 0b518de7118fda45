import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeskCall } from '../parts/desk-call.ts';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';

interface OperationsProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly views: ITable;
  readonly deliveries: ITable;
  readonly queues: Readonly<Record<'followUp' | 'deliver' | 'erase', IQueue>>;
}

/** What operators start by hand, and what the desk is called for. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { place, bus, ledger } = props;
    this.recover(props);
    this.naming(props);
    const fn = new NodeFunction(this, 'RegisterOffice', {
      place,
      entry: 'operations/register-office.ts',
      functionName: place.country.officeFunction,
      impact: 'No office can join or be suspended',
      environment: { LEDGER: ledger.tableName },
      timeout: Duration.seconds(20),
      keepLogs: RetentionDays.TWO_YEARS,
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    new DeskCall(this, 'UnansweredHandOver', {
      place,
      bus,
      description: 'Nobody answered the telephone when a referral was handed over',
      impact: 'The desk was not called about a hand-over that nobody answered',
      facts: {
        detailType: ['referral.submitted.v1'],
        detail: { data: { handOver: { result: ['no-answer'] } } },
      },
    });
    // A new key counts after a day: time in which the desk can ask whether it was the office.
    new DeskCall(this, 'KeysRotated', {
      place,
      bus,
      description: 'An office changed the keys that it signs with',
      impact: 'The desk was not told that an office changed its keys',
      facts: { detailType: ['office.keys-rotated.v1'] },
    });
    new DeskCall(this, 'Overridden', {
      place,
      bus,
      description: 'Two offices overrode a person’s missing consent',
      impact: 'The desk was not told of an override',
      facts: { detailType: ['consent.overridden.v1'] },
    });
    new DeskCall(this, 'NotPlaced', {
      place,
      bus,
      description: 'A sender let the time pass to find a line its next office',
      impact: 'The desk was not called about a line that waits for its sender',
      facts: {
        detailType: ['deadline.missed.v1'],
        detail: { data: { clock: ['place'] } },
      },
    });
    new DeskCall(this, 'Unchecked', {
      place,
      bus,
      description: 'A withdrawal waits for an office that asks her: the sender wrote it down',
      impact: 'The desk was not called about a withdrawal that nobody can check',
      facts: {
        detailType: ['consent.withdrawn.v1'],
        detail: { data: { unchecked: [true] } },
      },
    });
    new DeskCall(this, 'NotChecked', {
      place,
      bus,
      description: 'Nobody asked in time whether a withdrawal is her wish',
      impact: 'The desk was not called about a withdrawal that nobody checked',
      facts: {
        detailType: ['deadline.missed.v1'],
        detail: { data: { clock: ['withdrawal-confirm'] } },
      },
    });
    new DeskCall(this, 'NoReceipt', {
      place,
      bus,
      description: 'An office let the time pass to say what became of its copy',
      impact: 'The desk was not called about a receipt that an office owes',
      facts: {
        detailType: ['deadline.missed.v1'],
        detail: { data: { clock: ['receipt'] } },
      },
    });
    new DeskCall(this, 'NotArrived', {
      place,
      bus,
      description: 'A person did not arrive as planned',
      impact: 'The desk was not called about a person who did not arrive',
      facts: { detailType: ['person.not-arrived.v1'] },
    });
  }

  /** Schedules and queues go with a network stack, tombstones with a restored table: the ledger knows what they held. */
  private recover({ place, ledger, deliveries, queues }: OperationsProps) {
    const fn = new NodeFunction(this, 'Recover', {
      place,
      entry: 'operations/recover.ts',
      functionName: place.country.recoverFunction,
      impact: 'After the network was made anew, wake-ups and webhooks stay lost',
      environment: {
        LEDGER: ledger.tableName,
        DELIVERIES: deliveries.tableName,
        FOLLOW_UP: queues.followUp.queueUrl,
        DELIVER: queues.deliver.queueUrl,
        ERASE: queues.erase.queueUrl,
      },
      timeout: Duration.minutes(2), // for one page
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:Scan');
    deliveries.grant(fn, 'dynamodb:Scan');
    for (const queue of Object.values(queues)) queue.grantSendMessages(fn);
  }

  /** A step that nobody in a referral can take: the desk says who may. */
  private naming({ place, ledger, views }: OperationsProps) {
    const fn = new NodeFunction(this, 'NameOffice', {
      place,
      entry: 'operations/name-office.ts',
      functionName: place.country.nameFunction,
      impact: 'The desk cannot name an office where nobody else can act',
      environment: { LEDGER: ledger.tableName, VIEWS: views.tableName },
      timeout: Duration.seconds(20),
      keepLogs: RetentionDays.TWO_YEARS,
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    views.grant(fn, 'dynamodb:GetItem');
  }
}
