import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Consumer } from '../parts/consumer.ts';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';
import { notReplayed } from '../parts/replayed.ts';

interface ViewsProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly views: ITable;
}

/** Keeps the lists and the directory's snapshot; all of it can be made again from the ledger. */
export class Views extends Construct {
  constructor(scope: Construct, id: string, { place, bus, ledger, views }: ViewsProps) {
    super(scope, id);
    const { fn, rule } = new Consumer(this, 'Facts', {
      place,
      bus,
      pattern: { source: factSources(place.country) },
      entry: 'views/project.ts',
      impact: 'Inboxes, sent lists and the directory stand still',
      environment: { LEDGER: ledger.tableName, VIEWS: views.tableName },
      inputPath: '$.detail',
    });
    notReplayed(rule);
    ledger.grant(fn, 'dynamodb:Query');
    views.grant(fn, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    this.rebuild({ place, ledger, views });
  }

  private rebuild({ place, ledger, views }: Omit<ViewsProps, 'bus'>) {
    const fn = new NodeFunction(this, 'Rebuild', {
      place,
      entry: 'views/rebuild.ts',
      functionName: place.country.rebuildFunction,
      impact: 'The lists and the directory cannot be made anew',
      environment: { LEDGER: ledger.tableName, VIEWS: views.tableName },
      timeout: Duration.minutes(2), // for one page
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:Scan');
    views.grant(
      fn,
      'dynamodb:Scan',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    );
  }
}
