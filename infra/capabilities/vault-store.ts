import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { KEY_RECOVERY_DAYS } from '../../events/content.ts';
import type { Country } from '../countries.ts';
import { KeptTable, restoredAs } from '../parts/kept-table.ts';
import { DocumentStore } from './document-store.ts';

/** Everything about a person, sealed, and the files of her documents; and the keys, apart, so that what is erased is gone when their day of recovery is over. */
export class VaultStore extends Construct {
  readonly vault: KeptTable;
  readonly keys: KeptTable;
  readonly duplicates: KeptTable;
  /** Wraps the data keys; under it alone something can be opened. */
  readonly contentKey: Key;
  readonly documents: DocumentStore;
  /** Makes the names under which an office finds its own referral of the same person. */
  readonly personKey: Key;

  constructor(scope: Construct, id: string, { vaultTable, keysTable }: Country) {
    super(scope, id);
    this.vault = new KeptTable(this, restoredAs('Vault', vaultTable), {
      ...{ pitrDays: 7, noCopies: true, tableName: vaultTable },
    });
    this.keys = new KeptTable(this, restoredAs('Keys', keysTable), {
      ...{ pitrDays: KEY_RECOVERY_DAYS, noCopies: true, tableName: keysTable },
    });
    this.duplicates = new KeptTable(this, 'Duplicates', {
      noCopies: true,
      unrecovered: 'What was erased must not come back; without it a duplicate is found by nobody',
    });
    this.documents = new DocumentStore(this, 'Documents');
    const removalPolicy = RemovalPolicy.RETAIN;
    this.contentKey = new Key(this, 'ContentKey', {
      description: 'Wraps the keys of sealed content',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.personKey = new Key(this, 'PersonKey', {
      description: 'Finds an open referral of the same office, person and need',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy,
    });
  }
}
