import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NodeFunction } from '../parts/node-function.ts';
import type { Place } from '../parts/place.ts';
import { KeysRotated } from './keys-rotated.ts';
import { UnansweredHandOver } from './unanswered-hand-over.ts';

interface OperationsProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
}

/** What operators start by hand, and what the desk is called for. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, { place, bus, ledger }: OperationsProps) {
    super(scope, id);
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
    new UnansweredHandOver(this, 'UnansweredHandOver', { place, bus });
    new KeysRotated(this, 'KeysRotated', { place, bus });
  }
}
