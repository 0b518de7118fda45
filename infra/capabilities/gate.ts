import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
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

/** The only way to what is sealed here: for the APIs of both countries, and by a door of its own for one question of follow-up. */
export class Gate extends Construct {
  /** Says whether a planned arrival is overdue. */
  readonly arrival: IFunction;

  constructor(scope: Construct, id: string, props: GateProps) {
    super(scope, id);
    this.disclose(props);
    this.arrival = this.arrivalOverdue(props);
  }

  private disclose({ place, ledger, views, store, apiUrl }: GateProps) {
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

  /** Of a function of its own, whose code knows no other answer than yes and no, and which writes no fact. */
  private arrivalOverdue({ place, ledger, store: { vault, keys, contentKey } }: GateProps) {
    const fn = new NodeFunction(this, 'Arrival', {
      place,
      entry: 'border/arrival-overdue.ts',
      impact: 'Nobody finds out that a person did not arrive',
      environment: {
        LEDGER: ledger.tableName,
        VAULT: vault.tableName,
        KEYS: keys.tableName,
        CONTENT_KEY: contentKey.keyArn,
      },
      timeout: Duration.seconds(10), // follow-up waits five
      keepLogs: RetentionDays.TWO_YEARS,
    });
    for (const table of [ledger, vault]) table.grant(fn, 'dynamodb:Query');
    keys.grant(fn, 'dynamodb:GetItem');
    contentKey.grant(fn, 'kms:Decrypt');
    return fn;
  }
}
