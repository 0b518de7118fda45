import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Call } from '../parts/call.ts';
import { Consumer } from '../parts/consumer.ts';
import { ownMetric } from '../parts/own-metric.ts';
import { mayAsk, mayAskPeer, peersDoor } from '../parts/peers-door.ts';
import type { Place } from '../parts/place.ts';
import { notReplayed } from '../parts/replayed.ts';
import { WakeUps } from '../parts/wake-ups.ts';

interface FollowUpProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly views: ITable;
  /** Of the vault: what is finished is destroyed there. */
  readonly erase: IQueue;
  /** Of the gate: whether a planned arrival is overdue. */
  readonly arrival: IFunction;
}

/** Does what a fact or a clock makes due: the system's own commands. */
export class FollowUp extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, props: FollowUpProps) {
    super(scope, id);
    const { place, bus, ledger, views, erase, arrival } = props;
    const { fn, queue, rule } = new Consumer(this, 'Facts', {
      place,
      bus,
      pattern: { source: factSources(place.country) },
      entry: 'follow-up/follow-up.ts',
      impact: 'What is due is not done, so offers stay open that should have ended',
      environment: {
        LEDGER: ledger.tableName,
        VIEWS: views.tableName,
        PEER: peersDoor(place.country),
        ERASE: erase.queueUrl,
        ARRIVAL: arrival.functionName,
      },
      inputPath: '$.detail',
      timeout: Duration.seconds(110), // ten messages may each wait five seconds for the peer, and for the gate
      roleName: place.country.followUpRole, // the peer's reconcile answers it
    });
    notReplayed(rule);
    this.queue = queue;
    fn.addToRolePolicy(mayAskPeer(place.country)); // before what cannot be undone
    fn.addToRolePolicy(mayAsk('AskArrival', arrival.functionArn)); // nobody else may
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    views.grant(fn, 'dynamodb:GetItem', 'dynamodb:Query');
    // One message a referral of an office that was suspended.
    fn.addEnvironment('FOLLOW_UP', queue.queueUrl);
    queue.grantSendMessages(fn);
    erase.grantSendMessages(fn);
    new WakeUps(this, 'WakeUps', {
      place,
      queue,
      fn,
      impact: 'Nobody is reminded and no silent offer ends: a wake-up did not arrive',
    });
    new Call(this, 'CalendarsMissing', {
      place,
      impact: 'Deadlines are provisional: the holidays of a year are not known',
      metric: ownMetric(place.country, 'CalendarsMissing', 'Maximum'),
      above: 0,
    });
    new Call(this, 'SetAside', {
      place,
      impact: 'The other country wrote a fact about what it does not own',
      metric: ownMetric(place.country, 'FactsSetAside', 'Sum'),
      above: 0,
    });
    new Call(this, 'ArrivalsUnanswered', {
      place,
      impact: 'Whether a person is overdue is not known: the gate does not answer',
      metric: ownMetric(place.country, 'ArrivalsUnanswered', 'Sum'),
      above: 0,
    });
    new Call(this, 'WithdrawalWaits', {
      place,
      impact:
        'A withdrawal waits to be confirmed, since the countries do not hold the same facts or a newer one is here',
      metric: ownMetric(place.country, 'WithdrawalWaitsSeconds', 'Maximum'),
      above: 900,
    });
    new Call(this, 'ErasureWaits', {
      place,
      impact: 'What is to be destroyed still stands',
      metric: ownMetric(place.country, 'ErasureWaitsSeconds', 'Maximum'),
      above: 900,
    });
  }
}
