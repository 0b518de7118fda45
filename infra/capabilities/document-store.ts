import { Duration } from 'aws-cdk-lib';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { KeptBucket } from '../parts/kept-bucket.ts';

const oneDay = Duration.days(1); // the least that S3 knows, from the next midnight on

/** Of versions in a batch; S3 asks for both. */
const deletion = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** Files of the papers in case files: below `unconfirmed/` until it is said that they came, then below `documents/`. */
export class DocumentStore extends KeptBucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Encrypts the files of documents',
      lifecycleRules: [
        // What nobody confirmed is taken by us within a quarter of an hour: this is for what we missed.
        { id: 'unconfirmed', prefix: 'unconfirmed/', expiration: oneDay },
        {
          id: 'hidden',
          noncurrentVersionExpiration: oneDay,
          abortIncompleteMultipartUploadAfter: oneDay,
          expiredObjectDeleteMarker: true,
        },
      ],
      unlogged:
        'Who reads stands in facts, who brings in audit lines; a log of keys would outlive erasure',
    });
  }
  /** What it signs lets an office send; what was sent it takes in by a copy, for which it must read what was not taken in, or back. */
  letBring(fn: Lambda) {
    this.letList(fn, 's3:ListBucket', 'documents', 'unconfirmed');
    this.letList(fn, 's3:ListBucketVersions', 'documents', 'unconfirmed');
    const own = ['s3:PutObject', 's3:GetObject', ...deletion];
    this.letUse(fn, 'unconfirmed', ...own);
    this.letUse(fn, 'documents', 's3:PutObject', ...deletion);
    this.letEncrypt(fn, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  /** What it signs lets a reader do what it may do itself. */
  letRead(fn: Lambda) {
    this.letList(fn, 's3:ListBucket', 'documents');
    this.letUse(fn, 'documents', 's3:GetObject');
    this.letEncrypt(fn, 'kms:Decrypt');
  }

  letErase(fn: Lambda) {
    this.letList(fn, 's3:ListBucketVersions', 'documents', 'unconfirmed');
    for (const prefix of ['documents', 'unconfirmed']) this.letUse(fn, prefix, ...deletion);
  }
}
