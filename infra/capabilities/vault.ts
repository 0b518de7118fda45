import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { factSources } from '../countries.ts';
import { Consumer } from '../parts/consumer.ts';
import type { Place } from '../parts/place.ts';
import { notReplayed } from '../parts/replayed.ts';
import type { VaultStore } from './vault-store.ts';

interface VaultProps {
  readonly place: Place;
  readonly bus: IEventBus;
  readonly ledger: ITable;
  readonly store: VaultStore;
}

/** Destroys what is sealed: once her withdrawal is confirmed, once the other country did, and what is finished. */
export class Vault extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, { place, bus, ledger, store }: VaultProps) {
    super(scope, id);
    const { vault, keys, duplicates, documents } = store;
    const { fn, queue, rule } = new Consumer(this, 'Erase', {
      place,
      bus,
      pattern: {
        source: factSources(place.country),
        detailType: ['consent.withdrawal-confirmed.v1', 'content.erased.v1'],
      },
      entry: 'vault/erase.ts',
      impact: 'What she withdrew, and what is finished, is not destroyed',
      environment: {
        LEDGER: ledger.tableName,
        VAULT: vault.tableName,
        KEYS: keys.tableName,
        DUPLICATES: duplicates.tableName,
        DOCUMENTS: documents.bucket.bucketName,
      },
      inputPath: '$.detail',
    });
    notReplayed(rule);
    this.queue = queue;
    ledger.grant(fn, 'dynamodb:Query', 'dynamodb:PutItem');
    keys.grant(fn, 'dynamodb:PutItem');
    vault.grant(fn, 'dynamodb:Query', 'dynamodb:DeleteItem');
    duplicates.grant(fn, 'dynamodb:DeleteItem');
    documents.letErase(fn);
    // It looks again ten minutes later.
    fn.addEnvironment('ERASE', queue.queueUrl);
    queue.grantSendMessages(fn);
  }
}
