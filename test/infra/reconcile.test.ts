import { isDeepStrictEqual } from 'node:util';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { app, doorOf, grants, letIn, type Properties, resources, stack, whoMay } from './synth.ts';

const usual = app();
const network = stack(usual, 'kr', 'network');
const restoring = app({ restoring: 'kr' });
const ours = 'arn:aws:lambda:ap-northeast-2:111111111111:function:referrals-kr-reconcile';
const theirs = 'arn:aws:lambda:ap-southeast-1:222222222222:function:referrals-vn-reconcile:peer';
const functions = (of = network) => resources(of, 'AWS::Lambda::Function');
const rules = (of = network) => resources(of, 'AWS::Events::Rule');

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
    const roles = ['referrals-vn-reconcile', 'referrals-vn-follow-up'];
    expect(doorOf(network, 'ReconcileFunction')).toEqual(letIn(...roles));
    const invokers = resources(network, 'AWS::Lambda::Permission')
      .filter(({ props }) => JSON.stringify(props.FunctionName).includes('ReconcileFunction'))
      .map(({ props }) => props.Principal);
    expect(new Set(invokers)).toEqual(new Set(['events.amazonaws.com']));
  });

  test('may ask the peer, as follow-up may before what cannot be undone, and alone itself for the rest', () => {
    const asks = grants(network).filter(
      ({ action, resource }) => action.startsWith('lambda:') && resource.includes('reconcile'),
    );
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
    const ours = rules().filter(({ id }) => id.startsWith('Reconcile'));
    const inputs = ours.map(({ props }) => [
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

  test('lets its facts be put back, from the peer and from the archive; else nobody else may write', () => {
    const writes = /^dynamodb:(Put|Update|Delete|Batch|PartiQL|Transact)/;
    const more = whoMay(closed, writes, 'Ledger').filter(
      (who) => !whoMay(network, writes, 'Ledger').includes(who),
    );
    expect(more).toEqual(['ReconcileFunctionRole', 'ReconcilePutBackFactsFunctionRole']);
    expect(whoMay(closed, /^dynamodb:(Update|Delete|Batch|PartiQL)/, 'Ledger')).toEqual([]);
    expect(whoMay(network, /^dynamodb:Scan/, 'Views')).toEqual(['ViewsRebuildRole']);
    expect(whoMay(closed, /^dynamodb:Scan/, 'Views')).toContain('ReconcileFunctionRole');
  });

  test('has the archive’s facts, its own ones, brought to put-back, which may do nothing else', () => {
    const rule = rules(closed).find(({ id }) => id === 'ReconcilePutBackFactsRule');
    const [target, ...others] = rule?.props.Targets ?? [];
    expect(rule?.props.EventPattern).toEqual({
      source: ['referrals.kr'],
      'replay-name': [{ exists: true }],
    });
    expect(target).toMatchObject({ InputPath: '$.detail' });
    expect(JSON.stringify(target.Arn)).toContain('ReconcilePutBackFactsQueue');
    expect(others).toEqual([]);
    const may = grants(closed)
      .filter(({ who, action }) => who.startsWith('ReconcilePutBack') && !/^logs:/.test(action))
      .map(({ action }) => action)
      .filter((action) => !action.startsWith('sqs:'));
    expect(may).toEqual(['dynamodb:PutItem', 'dynamodb:Query']);
  });

  test('says which rule a replay is for', () => {
    const { PutBackRule } = Template.fromStack(closed).toJSON().Outputs;
    const rule = rules(closed).find(({ id }) => id === 'ReconcilePutBackFactsRule');
    expect(PutBackRule.Value).toEqual({ 'Fn::GetAtt': [rule?.logicalId, 'Arn'] });
  });

  test('differs in nothing else: neither that part stands at other times, nor in the other country', () => {
    const ids = (of: typeof network) =>
      Object.keys(Template.fromStack(of).toJSON().Resources).filter((id) => /PutBack/.test(id));
    expect(ids(closed).length).toBeGreaterThan(10);
    for (const other of [network, stack(restoring, 'vn', 'network')])
      expect(ids(other)).toEqual([]);
    const all = (of: typeof network) => Object.keys(Template.fromStack(of).toJSON().Resources);
    expect(all(closed).filter((id) => !ids(closed).includes(id))).toEqual(all(network));
    const data = (of: typeof restoring) => Template.fromStack(stack(of, 'kr', 'data')).toJSON();
    expect(data(restoring)).toEqual(data(usual));
  });
});

test.each([
  ['as usual', network],
  ['while restoring', stack(restoring, 'kr', 'network')],
])('no rule of the bus but that of put-back takes a replay: %s', (_, of) => {
  const ofBus = rules(of).filter(({ props }) => /ExportsOutputRefBus/.test(busOf(props)));
  const replays = ofBus.map(({ id, props }) => [id, props.EventPattern['replay-name']]);
  const taking = replays.filter(([, matches]) => !isDeepStrictEqual(matches, refused));
  expect(replays.length - taking.length).toBe(14);
  expect(taking.map(([id]) => id)).toEqual(of === network ? [] : ['ReconcilePutBackFactsRule']);
});
const refused = [{ exists: false }];
const busOf = ({ EventBusName }: Properties) => JSON.stringify(EventBusName ?? 'the default one');
