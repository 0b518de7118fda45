import { describe, expect, test } from 'vitest';
import { app, grants, type Properties, resources, stack, whoMay } from './synth.ts';

const prod = app();
const network = stack(prod, 'kr', 'network');
const data = stack(prod, 'kr', 'data');
const notReplayed = { 'replay-name': [{ exists: false }] };

describe('each function may do what it must, and no more', () => {
  test('all that a role may do stands in the policies read here', () => {
    for (const { props } of resources(network, 'AWS::IAM::Role'))
      expect(props).not.toSatisfy(
        (role: Properties) => 'Policies' in role || 'ManagedPolicyArns' in role,
      );
    expect(resources(data, 'AWS::IAM::Role')).toEqual([]);
  });

  test('no action and, but for ListStreams, names of schedules and of files, no resource is a wildcard', () => {
    expect(grants(network).filter(({ action }) => action.includes('*'))).toEqual([]);
    const everywhere = grants(network).filter(
      ({ action, resource }) => resource.includes('*') && !action.startsWith('s3:'),
    );
    const [group] = resources(network, 'AWS::Scheduler::ScheduleGroup');
    const schedules = `schedule/${group?.props.Name}/*`;
    expect(everywhere).toEqual([
      {
        who: 'FollowUpFactsFunctionRole',
        action: 'scheduler:CreateSchedule',
        resource: `"arn:aws:scheduler:ap-northeast-2:111111111111:${schedules}"`,
      },
      { who: 'PublisherFunctionRole', action: 'dynamodb:ListStreams', resource: '"*"' },
    ]);
  });

  test('only commands, offices about themselves, the border, the gate, follow-up, the vault and the desk write the ledger', () => {
    expect(
      whoMay(network, /^dynamodb:(Put|Update|Delete|Batch|PartiQL|Transact)/, 'Ledger'),
    ).toEqual([
      'ApiCommandRole',
      'ApiOfficeRole',
      'ApiSealedCommandRole',
      'BorderThereFunctionRole',
      'FollowUpFactsFunctionRole',
      'GateFunctionRole',
      'OperationsNameOfficeRole',
      'OperationsRegisterOfficeRole',
      'VaultEraseFunctionRole',
    ]);
  });

  test('nobody changes or deletes a fact', () => {
    expect(whoMay(network, /^dynamodb:(Update|Delete|Batch|PartiQL)/, 'Ledger')).toEqual([]);
  });

  test('only the projection writes the views, and only a rebuild takes from them', () => {
    expect(whoMay(network, /^dynamodb:(Put|Update|Delete|Batch)/, 'Views')).toEqual([
      'ViewsFactsFunctionRole',
      'ViewsRebuildRole',
    ]);
    expect(whoMay(network, /^dynamodb:Delete/, 'Views')).toEqual(['ViewsRebuildRole']);
  });

  test('only the lists read an index, this one, by queries', () => {
    const [views] = resources(data, 'AWS::DynamoDB::Table').filter(({ id }) => id === 'Views');
    const ofIndexes = grants(network).filter(({ resource }) => resource.includes('/index/'));
    expect(ofIndexes).toEqual([
      {
        who: 'ApiReadRole',
        action: 'dynamodb:Query',
        resource: expect.stringContaining('/by-due'),
      },
    ]);
    expect(ofIndexes[0]?.resource).toContain(views?.logicalId);
    expect(whoMay(network, /^dynamodb:Query/, 'Views')).toContain('ApiReadRole');
  });

  test('wake-ups are set by follow-up alone, and do nothing but send to its queue', () => {
    expect(whoMay(network, /^scheduler:/, '')).toEqual(['FollowUpFactsFunctionRole']);
    expect(whoMay(network, /^iam:/, '')).toEqual(['FollowUpFactsFunctionRole']);
    const queues = grants(network).filter(({ who }) => who === 'FollowUpWakeUpsRole');
    expect(queues.every(({ action }) => action.startsWith('sqs:'))).toBe(true);
    const sent = queues.filter(({ action }) => action === 'sqs:SendMessage');
    expect(sent.map(({ resource }) => resource.match(/FollowUp[A-Za-z]+/g))).toEqual([
      ['FollowUpFactsQueue', 'FollowUpWakeUpsNotWoken'],
    ]);
  });

  test('tokens are for the address of this API', () => {
    const functions = resources(network, 'AWS::Lambda::Function');
    const authorizer = functions.find(({ id }) => id === 'ApiAuthorizerFunction');
    const [http] = resources(network, 'AWS::ApiGatewayV2::Api');
    const endpoint = { 'Fn::GetAtt': [http?.logicalId, 'ApiEndpoint'] };
    const office = functions.find(({ id }) => id === 'ApiOffice');
    for (const fn of [authorizer, office]) // a new key is proved for it too
      expect(fn?.props.Environment.Variables.API_URL).toEqual(endpoint);
  });

  test('only the API, fan-out, deliver and recover touch endpoints and deliveries', () => {
    expect(whoMay(network, /^dynamodb:/, 'Deliveries')).toEqual([
      'ApiEndpointsRole',
      'OperationsRecoverRole',
      'WebhooksDeliverFunctionRole',
      'WebhooksFanOutFunctionRole',
    ]);
  });

  test('recover reads what waits, and changes nothing', () => {
    const writes = /^dynamodb:(Put|Update|Delete|Batch|PartiQL|Transact)/;
    for (const table of ['Deliveries', 'Ledger'])
      expect(whoMay(network, writes, table)).not.toContain('OperationsRecoverRole');
    expect(whoMay(network, /^kms:/, 'ContentKey')).not.toContain('OperationsRecoverRole');
  });

  test('only deliver opens a webhook secret, and only the API seals one', () => {
    expect(whoMay(network, /^kms:Decrypt/, 'WebhookKey')).toEqual(['WebhooksDeliverFunctionRole']);
    expect(whoMay(network, /^kms:(?!Decrypt)/, 'WebhookKey')).toEqual(['ApiEndpointsRole']);
  });

  test('only what seals, discloses or erases touches content or a key, and what seals opens nothing', () => {
    const [seals, answers, gives, erases] = [
      'ApiSealedCommandRole',
      'GateArrivalRole',
      'GateFunctionRole',
      'VaultEraseFunctionRole',
    ];
    const may = (table: string) =>
      grants(network)
        .filter(
          ({ action, resource }) =>
            action.startsWith('dynamodb:') && resource.includes(`Content${table}`),
        )
        .map(({ who, action }) => `${who} ${action.replace('dynamodb:', '')}`)
        .sort();
    expect(may('Vault')).toEqual([
      `${seals} PutItem`,
      `${answers} Query`,
      `${gives} Query`,
      `${erases} DeleteItem`,
      `${erases} Query`,
    ]);
    expect(may('Keys')).toEqual([
      `${seals} UpdateItem`,
      `${answers} GetItem`,
      `${gives} GetItem`,
      `${erases} PutItem`,
    ]);
    expect(may('Duplicates')).toEqual([
      `${seals} GetItem`,
      `${seals} PutItem`,
      `${erases} DeleteItem`,
    ]);
    const ofKeys = grants(network)
      .filter(({ resource }) => /(Content|Person)Key[0-9A-F]/.test(resource))
      .map(({ who, action }) => `${who} ${action}`);
    expect(ofKeys).toEqual([
      `${seals} kms:GenerateDataKey`,
      `${seals} kms:GenerateMac`,
      `${gives} kms:Decrypt`,
      `${answers} kms:Decrypt`,
    ]);
  });

  test('what erases is told by two facts, and by no replay; what may send it work is named', () => {
    const rule = resources(network, 'AWS::Events::Rule').find(({ id }) => id === 'VaultEraseRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn'],
      'detail-type': ['consent.withdrawal-confirmed.v1', 'content.erased.v1'],
      ...notReplayed,
    });
    const senders = grants(network).filter(
      ({ action, resource }) =>
        action === 'sqs:SendMessage' && resource.includes('VaultEraseQueue'),
    );
    // The API for files that nobody confirms, itself for its second look at the documents, recover after a restore.
    expect(senders.map(({ who }) => who)).toEqual([
      'VaultEraseFunctionRole',
      'ApiDocumentsRole',
      'FollowUpFactsFunctionRole',
      'OperationsRecoverRole',
    ]);
  });

  test('only the publisher, reconcile and the heartbeat put events on the own bus', () => {
    expect(whoMay(network, /^events:/, 'BusEA82B648')).toEqual([
      'BorderHeartbeatFunctionRole',
      'PublisherFunctionRole',
      'ReconcileFunctionRole',
    ]);
  });
});

describe('the border', () => {
  test('lets in the role of the peer and nobody else', () => {
    const policies = resources(data, 'AWS::Events::EventBusPolicy');
    expect(policies.map(({ props }) => props.Statement)).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Principal: { AWS: 'arn:aws:iam::222222222222:root' },
        Condition: {
          ArnEquals: {
            'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/referrals-vn-to-border',
          },
        },
      }),
    ]);
  });

  test('is crossed by one role, which may put on the bus of the peer and do nothing else', () => {
    const role = 'BorderToPeer';
    const arn = 'arn:aws:events:ap-southeast-1:222222222222:event-bus/referrals-border-vn';
    expect(grants(network).filter(({ who }) => who === role)).toEqual([
      { who: role, action: 'events:PutEvents', resource: JSON.stringify(arn) },
    ]);
    expect(whoMay(network, /^events:/, 'referrals-border')).toEqual([role]);
    const { props } = resources(network, 'AWS::IAM::Role').find(({ id }) => id === role) ?? {};
    expect(props?.RoleName).toBe('referrals-kr-to-border');
  });

  test('is crossed by own facts for both countries and by heartbeats; nothing goes back', () => {
    const crossing = resources(network, 'AWS::Events::Rule').filter(({ props }) =>
      JSON.stringify(props.Targets).includes('referrals-border-vn'),
    );
    expect(crossing.map(({ props }) => props.EventPattern)).toEqual([
      { source: ['referrals.kr'], detail: { reach: ['both'] }, ...notReplayed },
      { source: ['border.kr'], ...notReplayed },
    ]);
  });

  test('hands whatever comes in to receive-facts, whole', () => {
    const rules = resources(network, 'AWS::Events::Rule');
    const inward = rules.find(({ id }) => id === 'BorderThereRule');
    expect(inward?.props.EventPattern).toEqual({ source: [{ prefix: '' }] });
    expect(inward?.props.Targets[0]).not.toHaveProperty('InputPath');
  });
});

describe('webhooks', () => {
  test('are sent of all facts of both countries, and not again by a replay of the archive', () => {
    const rules = resources(network, 'AWS::Events::Rule');
    const rule = rules.find(({ id }) => id === 'WebhooksFanOutRule');
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr', 'referrals.vn', 'webhooks.kr'],
      ...notReplayed,
    });
  });

  test('may go to this machine on the local stage only', () => {
    const allowed = (stage: string) =>
      resources(stack(app({ stage }), 'kr', 'network'), 'AWS::Lambda::Function')
        .filter(({ props }) => 'WEBHOOK_ALLOW' in props.Environment.Variables)
        .map(({ id }) => id);
    for (const stage of ['prod', 'test', 'localhost', 'Local', ''])
      expect(allowed(stage)).toEqual([]);
    expect(allowed('local')).toEqual(['ApiEndpoints', 'WebhooksDeliverFunction']);
  });
});
