import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NodeFunction } from '../parts/node-function.ts';
import { openDoor } from '../parts/peers-door.ts';
import type { Place } from '../parts/place.ts';
import type { VaultStore } from './vault-store.ts';

interface GateProps {
  readonly place: Place;
  readonly ledger: ITable;
  readonly views: ITable;
  readonly store: VaultStore;
  /** The address of our own API. */
  readonly apiUrl: string;
}

/** The only way to what is sealed here, for the APIs of both countries. */
export class Gate extends Construct {
  constructor(scope: Construct, id: string, { place, ledger, views, store, apiUrl }: GateProps) {
    super(scope, id);
    const { country } = place;
    const { vault, keys, contentKey, documents } = store;
    const fn = new NodeFunction(this, 'Function', {
      place,
      entry: 'border/disclose.ts',
      functionName: country.gateFunction,
      impact: 'No office can read a case file',
      environment: {
        LEDGER: ledger.tableName,
        VIEWS: views.tableName,
        VAULT: vault.tableName,
        KEYS: keys.tableName,
        CONTENT_KEY: contentKey.keyArn,
        DOCUMENTS: documents.bucket.bucketName,
        API_URL: apiUrl,
      },
      timeout: Duration.seconds(12), // the API waits fifteen
      keepLogs: RetentionDays.TWO_YEARS, // audit lines
    });
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem');
    views.grant(fn, 'dynamodb:GetItem');
    vault.grant(fn, 'dynamodb:Query');
    keys.grant(fn, 'dynamodb:GetItem');
    contentKey.grant(fn, 'kms:Decrypt');
    documents.letRead(fn);
    const { caseFileRole, sealedCommandRole } = country.peer;
    openDoor(this, fn, country, [caseFileRole, sealedCommandRole]);
  }
}
