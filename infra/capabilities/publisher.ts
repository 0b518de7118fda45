import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Dlq } from '../parts/dlq.ts';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';
import { StreamMapping } from '../parts/stream-mapping.ts';

interface PublisherProps {
  readonly place: Place;
  readonly ledger: Table;
  readonly bus: IEventBus;
}

/** Ledger stream -> bus. The only thing that may publish a fact. */
export class Publisher extends Construct {
  readonly mapping: StreamMapping;

  constructor(scope: Construct, id: string, { place, ledger, bus }: PublisherProps) {
    super(scope, id);
    const stuck = new Dlq(this, 'Stuck', { place, impact: 'The bus refused a fact for good' });
    const fn = new NodeFunction(this, 'Function', {
      place,
      entry: 'publish/publish-facts.ts',
      impact: 'Facts are recorded but nobody hears of them',
      environment: { BUS: bus.eventBusName, STUCK: stuck.queueUrl },
      timeout: Duration.seconds(30),
    });
    bus.grantPutEventsTo(fn);
    stuck.grantSendMessages(fn);
    this.mapping = new StreamMapping(this, 'Mapping', {
      place,
      table: ledger,
      target: fn,
      filter: {
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('fact#') } } },
      },
      late: 'Facts are published more than five minutes late',
      agedOut: 'Facts were not published within the day that the stream keeps them',
    });
  }
}
