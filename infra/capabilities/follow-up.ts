import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Call } from '../parts/call.ts';
import { Consumer } from '../parts/consumer.ts';
import { ownMetric } from '../parts/own-metric.ts';
import { mayAskPeer, peersDoor } from '../parts/peers-door.ts';
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
}

/** Does what a fact or a clock makes due: the system's own commands. */
export class FollowUp extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, { place, bus, ledger, views, erase }: FollowUpProps) {
    super(scope, id);
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
      },
      inputPath: '$.detail',
      timeout: Duration.seconds(60), // ten messages may each wait five seconds for the peer
      roleName: place.country.followUpRole, // the peer's reconcile answers it
    });
    notReplayed(rule);
    this.queue = queue;
    fn.addToRolePolicy(mayAskPeer(place.country)); // before what cannot be undone
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
    new Call(this, 'WithdrawalWaits', {
      place,
      impact: 'A withdrawal waits to be confirmed, since the countries do not hold the same facts',
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
