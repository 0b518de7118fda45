import { describe, expect, test } from 'vitest';
import { app, grants, resources, stack, whoMay } from './synth.ts';

const network = stack(app(), 'kr', 'network');
const restoring = app({ restoring: 'kr' });
const ours = 'arn:aws:lambda:ap-northeast-2:111111111111:function:referrals-kr-reconcile';
const theirs = 'arn:aws:lambda:ap-southeast-1:222222222222:function:referrals-vn-reconcile:peer';
const functions = (of = network) => resources(of, 'AWS::Lambda::Function');

describe('reconcile', () => {
  test('is where the peer looks for it, under the role that the peer lets in', () => {
    const fn = functions().find(({ id }) => id === 'ReconcileFunction');
    expect(fn?.props.FunctionName).toBe('referrals-kr-reconcile');
    expect(fn?.props.Environment.Variables.PEER).toBe(theirs);
    const role = resources(network, 'AWS::IAM::Role').find(
      ({ id }) => id === 'ReconcileFunctionRole',
    );
    expect(role?.props.RoleName).toBe('referrals-kr-reconcile');
  });

  test('answers two roles of the peer at one door, and nobody else but its schedules', () => {
    const policies = resources(network, 'AWS::Lambda::ResourcePolicy');
    const [alias] = resources(network, 'AWS::Lambda::Alias');
    expect(alias?.props).toMatchObject({ Name: 'peer', FunctionVersion: '$LATEST' });
    expect(policies.map(({ props }) => props.PolicyDocument.Statement)).toEqual([
      [
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Resource: { Ref: alias?.logicalId },
          Condition: {
            ArnEquals: {
              'aws:PrincipalArn': [
                'arn:aws:iam::222222222222:role/referrals-vn-reconcile',
                'arn:aws:iam::222222222222:role/referrals-vn-follow-up',
              ],
            },
          },
        }),
      ],
    ]);
    const invokers = resources(network, 'AWS::Lambda::Permission')
      .filter(({ props }) => JSON.stringify(props.FunctionName).includes('ReconcileFunction'))
      .map(({ props }) => props.Principal);
    expect(new Set(invokers)).toEqual(new Set(['events.amazonaws.com']));
  });

  test('may ask the peer, as follow-up may before what cannot be undone, and alone itself for the rest', () => {
    const asks = grants(network).filter(({ action }) => action.startsWith('lambda:'));
    const [action, follow] = ['lambda:InvokeFunction', 'FollowUpFactsFunctionRole'];
    expect(asks).toEqual([
      { who: 'ReconcileFunctionRole', action, resource: JSON.stringify(ours) },
      { who: 'ReconcileFunctionRole', action, resource: JSON.stringify(theirs) },
      { who: follow, action, resource: JSON.stringify(theirs) },
    ]);
    const fn = functions().find(({ id }) => id === 'FollowUpFactsFunction');
    expect(fn?.props.Environment.Variables.PEER).toBe(theirs);
    const role = resources(network, 'AWS::IAM::Role').find(({ id }) => id === follow);
    expect(role?.props.RoleName).toBe('referrals-kr-follow-up');
  });

  test('reads the ledger and what was touched, publishes, and writes neither', () => {
    const may = grants(network)
      .filter(({ who, action }) => who === 'ReconcileFunctionRole' && !/^logs:/.test(action))
      .map(({ action }) => action);
    expect(may.sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:Scan',
      'events:PutEvents',
      'lambda:InvokeFunction',
      'lambda:InvokeFunction',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
    ]);
  });

  test('runs every hour over what was touched and every night over everything, its own half each time', () => {
    const rules = resources(network, 'AWS::Events::Rule').filter(({ id }) =>
      id.startsWith('Reconcile'),
    );
    const inputs = rules.map(({ props }) => [
      props.ScheduleExpression,
      JSON.parse(props.Targets[0].Input),
    ]);
    expect(inputs).toEqual([
      ['rate(1 hour)', { all: false, alone: true, goOn: true }],
      ['cron(30 18 * * ? *)', { all: true, alone: true, goOn: true }],
    ]);
  });

  test('that fails three times is kept for somebody', () => {
    const [config] = resources(network, 'AWS::Lambda::EventInvokeConfig');
    expect(config?.props).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
    });
    expect(JSON.stringify(config?.props.DestinationConfig.OnFailure)).toContain('ReconcileGaveUp');
  });

  test.each(['FactsRepairedToPeer', 'FactsRepairedToBus'])('%s rings at the first', (name) => {
    const alarms = resources(network, 'AWS::CloudWatch::Alarm');
    const alarm = alarms.find(({ props }) => props.MetricName === name);
    expect(alarm?.props).toMatchObject({
      Threshold: 0,
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });
});

describe('a country that is being restored', () => {
  const closed = stack(restoring, 'kr', 'network');
  const settings = (of: typeof network) =>
    new Set(functions(of).map(({ props }) => props.Environment.Variables.RESTORING));

  test('is closed in every function, and only there', () => {
    expect(settings(closed)).toEqual(new Set(['true']));
    expect(settings(stack(restoring, 'vn', 'network'))).toEqual(new Set([undefined]));
    expect(settings(network)).toEqual(new Set([undefined]));
  });

  test('lets reconcile put its facts back, which at other times may write nothing', () => {
    const writes = /^dynamodb:(Put|Update|Delete|Batch|PartiQL|Transact)/;
    expect(whoMay(closed, writes, 'Ledger')).toContain('ReconcileFunctionRole');
    expect(whoMay(network, writes, 'Ledger')).not.toContain('ReconcileFunctionRole');
  });
});
