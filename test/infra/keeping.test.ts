import { describe, expect, test } from 'vitest';
import type { Code } from '../../infra/countries.ts';
import { app, grants, resources, stack } from './synth.ts';

const prod = app();
const network = stack(prod, 'kr', 'network');
const data = stack(prod, 'kr', 'data');
const tables = resources(data, 'AWS::DynamoDB::Table');
const table = (id: string) => tables.find((table) => table.id === id)?.props;

describe('what must survive', () => {
  test('cannot be deleted with its stack', () => {
    expect(data.terminationProtection).toBe(true);
    for (const type of [
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
      'AWS::Events::Archive',
      'AWS::Events::EventBus',
    ])
      for (const { resource } of resources(data, type))
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test.each(tables)('table $id is protected from deletion', ({ props }) => {
    expect(props.DeletionProtectionEnabled).toBe(true);
    expect(props.BillingMode).toBe('PAY_PER_REQUEST');
  });

  test.each(['Ledger', 'Deliveries'])('%s can go back to any second of 35 days', (id) => {
    expect(table(id)?.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 35,
    });
  });

  test.each([
    ['Vault', 7],
    ['Keys', 1],
  ])('%s goes back %i days at most, and nobody may copy it', (id, days) => {
    const kept = tables.find((one) => one.id.endsWith(id))?.props;
    expect(kept?.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: days,
    });
    expect(kept?.ResourcePolicy.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'dynamodb:CreateBackup',
          'dynamodb:ExportTableToPointInTime',
          'dynamodb:StartAwsBackupJob',
        ],
        Resource: '*',
      },
    ]);
  });

  test('what finds duplicates never comes back', () => {
    const kept = tables.find((one) => one.id.endsWith('Duplicates'))?.props;
    expect(kept?.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(false);
  });

  test('the views need no recovery: they are rebuilt', () => {
    expect(table('Views')?.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(false);
  });

  test('the ledger streams new items, and only deliveries and what was touched lately expire', () => {
    expect(table('Ledger')?.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    expect(table('Ledger')).not.toHaveProperty('TimeToLiveSpecification');
    for (const id of ['Deliveries', 'Views'])
      expect(table(id)?.TimeToLiveSpecification.AttributeName).toBe('expires');
  });

  test('no index makes a put into the ledger cost a second write', () => {
    for (const kind of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'])
      expect(table('Ledger')).not.toHaveProperty(kind);
  });

  test('the one index of the views can come to a table that is there, and holds what a list shows', () => {
    expect(table('Views')).not.toHaveProperty('LocalSecondaryIndexes');
    expect(table('Views')?.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'by-due',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'due', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['view'] },
      },
    ]);
  });

  test('the archive reaches further back than the recovery of the ledger', () => {
    const [archive] = resources(data, 'AWS::Events::Archive');
    expect(archive?.props.RetentionDays).toBeGreaterThan(35);
    expect(archive?.props.EventPattern).toEqual({ source: [{ prefix: 'referrals.' }] });
  });

  test('a restored ledger takes the place of the first: by its name, so that the stack can take it in', () => {
    const restored = app({ ledgerKr: 'referrals-kr-ledger-2' });
    const ledgers = (code: Code) =>
      resources(stack(restored, code, 'data'), 'AWS::DynamoDB::Table').filter(({ id }) =>
        id.startsWith('Ledger'),
      );
    const [ledger, ...others] = ledgers('kr');
    expect(others).toEqual([]);
    expect(ledger?.props).toEqual({ ...table('Ledger'), TableName: 'referrals-kr-ledger-2' });
    expect(ledger?.logicalId).not.toBe(tables.find(({ id }) => id === 'Ledger')?.logicalId);
    expect(ledger?.resource).toMatchObject({ DeletionPolicy: 'Retain' });
    expect(ledgers('vn').map(({ props }) => props)).toEqual([table('Ledger')]);
  });

  test('so do a restored vault and its keys, and keep what protects them', () => {
    const restored = app({ vaultKr: 'referrals-kr-vault-2', keysKr: 'referrals-kr-keys-2' });
    const of = resources(stack(restored, 'kr', 'data'), 'AWS::DynamoDB::Table');
    for (const [id, name] of [
      ['ContentVault', 'referrals-kr-vault-2'],
      ['ContentKeys', 'referrals-kr-keys-2'],
    ] as const) {
      const found = of.filter((one) => one.id.startsWith(id));
      expect(found.map(({ props }) => props)).toEqual([{ ...table(id), TableName: name }]);
    }
  });

  test('the keys that encrypt rotate', () => {
    const keys = resources(data, 'AWS::KMS::Key');
    const encrypting = keys.filter(({ props }) => props.KeyUsage !== 'GENERATE_VERIFY_MAC');
    expect([keys.length, encrypting.length]).toEqual([4, 3]);
    for (const { props } of encrypting) expect(props.EnableKeyRotation).toBe(true);
  });

  test('no table, key, bus or archive is in the stack that may be deleted', () => {
    for (const type of [
      'DynamoDB::Table',
      'KMS::Key',
      'Events::EventBus',
      'Events::Archive',
      'S3::Bucket',
    ])
      expect(resources(network, `AWS::${type}`)).toEqual([]);
  });
});

describe('logs', () => {
  const groups = resources(network, 'AWS::Logs::LogGroup');

  test.each(groups)(
    '$id ends some day, and outlives what it explains',
    ({ id, props, resource }) => {
      const audited = /^Api|^Gate|RegisterOffice|NameOffice/.test(id);
      expect(props.RetentionInDays).toBe(audited ? 731 : 90);
      expect(resource.DeletionPolicy).toBe('Retain');
    },
  );

  test('every function writes to its own', () => {
    const used = resources(network, 'AWS::Lambda::Function').map(
      ({ props }) => props.LoggingConfig.LogGroup.Ref,
    );
    expect(new Set(used).size).toBe(used.length);
  });

  test('of the API say which office called which route, and nothing of what it said', () => {
    const [stage] = resources(network, 'AWS::ApiGatewayV2::Stage');
    expect(Object.values(JSON.parse(stage?.props.AccessLogSettings.Format))).toEqual([
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.routeKey',
      '$context.status',
      '$context.responseLatency',
      '$context.authorizer.office',
    ]);
  });
});

describe('what no log group holds', () => {
  test('no function or API sends traces, and none may, nor metrics but by its log', () => {
    for (const { props } of resources(network, 'AWS::Lambda::Function')) {
      expect(props).not.toHaveProperty('TracingConfig');
      expect(props).not.toHaveProperty('Layers');
    }
    const may = grants(network).map(({ action }) => action);
    expect(may.filter((action) => /^(xray|cloudwatch|aps|\*)/.test(action))).toEqual([]);
  });
});

describe('queues', () => {
  test.each(resources(network, 'AWS::SQS::Queue'))('$id is encrypted', ({ props }) => {
    expect(props.SqsManagedSseEnabled).toBe(true);
  });

  test('take nothing over plain HTTP', () => {
    const refused = resources(network, 'AWS::SQS::QueuePolicy').filter(({ props }) =>
      JSON.stringify(props).includes('"aws:SecureTransport":"false"'),
    );
    expect(refused).toHaveLength(resources(network, 'AWS::SQS::Queue').length);
  });
});
