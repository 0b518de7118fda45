import { CfnOutput } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { Call } from '../parts/call.ts';
import { Consumer } from '../parts/consumer.ts';
import { ownMetric } from '../parts/own-metric.ts';
import type { Place } from '../parts/place.ts';
import { onlyReplayed } from '../parts/replayed.ts';

interface PutBackProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
}

/** Only while a ledger is being restored: what the archive of the bus replays goes back into its slots. */
export class PutBack extends Construct {
  constructor(scope: Construct, id: string, { place, bus, ledger }: PutBackProps) {
    super(scope, id);
    const { fn, rule } = new Consumer(this, 'Facts', {
      place,
      bus,
      pattern: { source: [`referrals.${place.country.code}`] }, // the peer's come from the peer
      entry: 'border/put-back.ts',
      impact: 'Facts of a restored ledger do not come back from the archive',
      environment: { LEDGER: ledger.tableName },
      inputPath: '$.detail',
    });
    onlyReplayed(rule);
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    new Call(this, 'OtherBytes', {
      place,
      impact: 'A restored ledger holds another fact in the slot of one that comes back',
      metric: ownMetric(place.country, 'FactsContradicting', 'Sum'),
      above: 0,
    });
    new CfnOutput(this, 'Rule', { value: rule.ruleArn }).overrideLogicalId('PutBackRule');
  }
}
