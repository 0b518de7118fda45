import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type EventPattern, type IEventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Consumer } from '../parts/consumer.ts';
import { Dlq } from '../parts/dlq.ts';
import type { Place } from '../parts/place.ts';
import { notReplayed } from '../parts/replayed.ts';
import { Heartbeat } from './heartbeat.ts';

interface BorderProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly borderBus: IEventBus;
  readonly ledger: ITable;
  /** The address of our API: the peer's gate must know what our tokens name. */
  readonly apiUrl: string;
}

/** Own facts go to the peer's border bus; the peer's come in by ours and end in the ledger. */
export class Border extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { place, bus, borderBus, ledger, apiUrl }: BorderProps,
  ) {
    super(scope, id);
    this.sendOver(place, bus);
    this.takeIn(place, borderBus, ledger);
    new Heartbeat(this, 'Heartbeat', { place, bus, ledger, apiUrl });
  }

  private sendOver(place: Place, bus: IEventBus) {
    const { code, account, borderRole, peer } = place.country;
    const role = new Role(this, 'ToPeer', {
      roleName: borderRole, // the peer's bus lets nobody else put
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    const arn = `arn:aws:events:${peer.region}:${peer.account}:event-bus/${peer.borderBus}`;
    const target = new BusTarget(EventBus.fromEventBusArn(this, 'PeerBus', arn), {
      role,
      deadLetterQueue: new Dlq(this, 'NotSent', {
        place,
        impact: 'Facts did not cross to the other country',
      }),
    });
    const send = (id: string, eventPattern: EventPattern) =>
      notReplayed(new Rule(this, id, { eventBus: bus, eventPattern, targets: [target] }));
    // The peer's facts have another source, so none is ever sent back.
    send('Facts', { source: [`referrals.${code}`], detail: { reach: ['both'] } });
    send('Beats', { source: [`border.${code}`] });
  }

  private takeIn(place: Place, borderBus: IEventBus, ledger: ITable) {
    const refused = new Dlq(this, 'Refused', {
      place,
      impact: 'The border turned away what is not a fact of the other country',
    });
    const { fn } = new Consumer(this, 'There', {
      place,
      bus: borderBus,
      pattern: { source: Match.prefix('') }, // all of it: what should not be there is refused aloud
      entry: 'border/receive-facts.ts',
      impact: 'Facts of the other country do not arrive',
      environment: { LEDGER: ledger.tableName, REFUSED: refused.queueUrl },
      // A fact waits here for its causes: an hour, longer than it takes to bring them.
      visibility: Duration.seconds(30),
      receives: 120,
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    refused.grantSendMessages(fn);
  }
}
