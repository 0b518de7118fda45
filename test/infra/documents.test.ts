import { describe, expect, test } from 'vitest';
import { app, grants, type Properties, resources, stack } from './synth.ts';

const prod = app();
const network = stack(prod, 'kr', 'network');
const data = stack(prod, 'kr', 'data');

describe('the documents', () => {
  const [kept, ...others] = resources(data, 'AWS::S3::Bucket');

  test('lie in one bucket, in versions, under a key of its own, and are nobody’s else', () => {
    expect(others).toEqual([]);
    const [sse] = kept?.props.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    const keys = resources(data, 'AWS::KMS::Key');
    const key = keys.find(({ id }) => id === 'ContentDocumentsKey');
    expect(sse).toEqual({
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: { 'Fn::GetAtt': [key?.logicalId, 'Arn'] },
      },
    });
    expect(kept?.props.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(Object.values(kept?.props.PublicAccessBlockConfiguration)).toEqual(Array(4).fill(true));
    expect(kept?.props.OwnershipControls.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ]);
    for (const copies of ['ReplicationConfiguration', 'LoggingConfiguration'])
      expect(kept?.props).not.toHaveProperty(copies);
  });

  test('are moved by TLS alone', () => {
    const [policy, ...more] = resources(data, 'AWS::S3::BucketPolicy');
    expect(more).toEqual([]);
    expect(policy?.props.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  test('go by themselves when nobody confirmed them, and nothing hidden stays for longer than S3 can', () => {
    const aborted = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
    const hidden = { NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
    expect(kept?.props.LifecycleConfiguration.Rules).toMatchObject([
      { Prefix: 'unconfirmed/', ExpirationInDays: 1 },
      { ...hidden, ...aborted, ExpiredObjectDeleteMarker: true }, // alone CloudFormation refuses it
    ]);
    expect(kept?.props.LifecycleConfiguration.Rules[1]).not.toHaveProperty('ExpirationInDays');
  });
});

describe('who may what with documents', () => {
  test('only the gate reads a document, the API takes one in, and what erases deletes it', () => {
    const [brings, gives, erases] = [
      'ApiDocumentsRole',
      'GateFunctionRole',
      'VaultEraseFunctionRole',
    ];
    const below = (resource: string) => resource.match(/(documents|unconfirmed)(?=\/\*)/g) ?? [];
    const may = grants(network).filter(({ action }) => action.startsWith('s3:'));
    const told = may.map(({ who, action, resource }) =>
      [who, action, ...below(resource)].join(' '),
    );
    expect(told.toSorted()).toEqual([
      `${brings} s3:DeleteObject documents`,
      `${brings} s3:DeleteObject unconfirmed`,
      `${brings} s3:DeleteObjectVersion documents`,
      `${brings} s3:DeleteObjectVersion unconfirmed`,
      `${brings} s3:GetObject unconfirmed`,
      `${brings} s3:ListBucket`,
      `${brings} s3:ListBucketVersions`,
      `${brings} s3:PutObject documents`,
      `${brings} s3:PutObject unconfirmed`,
      `${gives} s3:GetObject documents`,
      `${gives} s3:ListBucket`,
      `${erases} s3:DeleteObject documents unconfirmed`,
      `${erases} s3:DeleteObjectVersion documents unconfirmed`,
      `${erases} s3:ListBucketVersions`,
    ]);
    for (const { resource } of may) expect(resource).toContain('ContentDocumentsBucket');
    const ofKey = grants(network).filter(({ resource }) => resource.includes('DocumentsKey'));
    expect(ofKey.map(({ who, action }) => `${who} ${action}`)).toEqual([
      `${brings} kms:Decrypt`,
      `${brings} kms:GenerateDataKey`,
      `${gives} kms:Decrypt`,
    ]);
  });

  test('lists of documents go below a prefix, and their key is used by S3 alone', () => {
    const statements: Properties[] = resources(network, 'AWS::IAM::Policy').flatMap(
      ({ props }) => props.PolicyDocument.Statement,
    );
    const ofLists = statements.filter(({ Action }) => /^s3:List/.test(Action));
    expect(ofLists).toHaveLength(3);
    for (const { Condition } of ofLists)
      for (const prefix of [Condition.StringLike['s3:prefix']].flat())
        expect(prefix).toMatch(/^(documents|unconfirmed)\/\*$/);
    const ofKey = statements.filter(({ Resource }) =>
      JSON.stringify(Resource).includes('DocumentsKey'),
    );
    expect(ofKey).toHaveLength(2);
    for (const { Condition } of ofKey)
      expect(Condition.StringEquals).toEqual({
        'kms:ViaService': 's3.ap-northeast-2.amazonaws.com',
      });
  });
});
