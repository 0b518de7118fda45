import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { BorderBus } from './capabilities/border-bus.ts';
import { VaultStore } from './capabilities/vault-store.ts';
import type { Country } from './countries.ts';
import { KeptTable, restoredAs } from './parts/kept-table.ts';

interface DataStackProps extends StackProps {
  readonly country: Country;
}

/** What must survive: the record, what is sealed, the endpoints and their secrets, the buses and the archive. */
export class DataStack extends Stack {
  readonly ledger: KeptTable;
  readonly views: KeptTable;
  readonly deliveries: KeptTable;
  readonly webhookKey: Key;
  readonly bus: EventBus;
  readonly borderBus: BorderBus;
  readonly vault: VaultStore;

  constructor(scope: Construct, id: string, { country, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const pitrDays = 35;
    const tableName = country.ledgerTable;
    this.ledger = new KeptTable(this, restoredAs('Ledger', tableName), {
      ...{ pitrDays, tableName, stream: StreamViewType.NEW_IMAGE },
    });
    this.views = new KeptTable(this, 'Views', {
      unrecovered: 'Rebuilt from the ledger',
      timeToLiveAttribute: 'expires', // what was touched lately
    });
    // A global one, since a local one cannot come to a table that is already there.
    this.views.addGlobalSecondaryIndex({
      indexName: 'by-due',
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['view'],
    });
    this.deliveries = new KeptTable(this, 'Deliveries', {
      pitrDays,
      timeToLiveAttribute: 'expires',
    });
    this.webhookKey = new Key(this, 'WebhookKey', {
      description: 'Seals the secrets that sign webhooks',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bus = new EventBus(this, 'Bus');
    this.bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const archive = this.bus.archive('Archive', {
      eventPattern: { source: Match.prefix('referrals.') },
      retention: Duration.days(90), // longer than the ledger's recovery reaches back
    });
    archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.borderBus = new BorderBus(this, 'Border', { country });
    this.vault = new VaultStore(this, 'Content', country);
    for (const [key, value] of Object.entries({
      LedgerTable: this.ledger.tableName,
      VaultTable: this.vault.vault.tableName,
      KeysTable: this.vault.keys.tableName,
      ViewsTable: this.views.tableName,
      DeliveriesTable: this.deliveries.tableName,
      DocumentsBucket: this.vault.documents.bucket.bucketName,
      BusName: this.bus.eventBusName,
      BorderBusName: this.borderBus.bus.eventBusName,
    }))
      new CfnOutput(this, key, { value });
  }
}
