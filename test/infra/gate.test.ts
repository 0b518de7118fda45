import { expect, test } from 'vitest';
import { app, doorOf, grants, letIn, resources, stack } from './synth.ts';

const network = stack(app(), 'kr', 'network');
const of = (id: string) => grants(network).filter(({ who }) => who === id);

test('the gate is asked by the API of its country, and of the peer at one door, under two roles', () => {
  expect(doorOf(network, 'GateFunction')).toEqual(
    letIn('referrals-vn-case-file', 'referrals-vn-sealed-command'),
  );
  const asks = grants(network).filter(({ resource }) => resource.includes('-gate'));
  const action = 'lambda:InvokeFunction';
  const gates = [
    '"arn:aws:lambda:ap-northeast-2:111111111111:function:referrals-kr-gate"',
    '"arn:aws:lambda:ap-southeast-1:222222222222:function:referrals-vn-gate:peer"',
  ];
  expect(asks).toEqual(
    ['ApiSealedCommandRole', 'ApiCaseFileRole'].flatMap((who) =>
      gates.map((resource) => ({ who, action, resource })),
    ),
  );
});

test('whether a planned arrival is overdue is asked by follow-up of this country alone, at a door where no more can be asked', () => {
  const functions = resources(network, 'AWS::Lambda::Function');
  const door = functions.find(({ id }) => id === 'GateArrival');
  const asks = grants(network).filter(({ resource }) => resource.includes('GateArrival'));
  expect(asks.filter(({ action }) => action.startsWith('lambda:'))).toEqual([
    {
      who: 'FollowUpFactsFunctionRole',
      action: 'lambda:InvokeFunction',
      resource: JSON.stringify({ 'Fn::GetAtt': [door?.logicalId, 'Arn'] }),
    },
  ]);
  for (const type of ['Permission', 'ResourcePolicy', 'Alias', 'Url', 'EventSourceMapping'])
    for (const { props } of resources(network, `AWS::Lambda::${type}`))
      expect(JSON.stringify(props)).not.toContain('GateArrival');
  const may = of('GateArrivalRole').filter(({ action }) => !action.startsWith('logs:'));
  expect(may.map(({ action, resource }) => [action, resource])).toEqual([
    ['dynamodb:Query', expect.stringMatching(/ContentVault.*Ledger/)],
    ['dynamodb:GetItem', expect.stringContaining('ContentKeys')],
    ['kms:Decrypt', expect.stringContaining('ContentKey')],
  ]);
  // Nor may follow-up ask where a case file is given.
  const others = grants(network).filter(({ who }) => who === 'FollowUpFactsFunctionRole');
  expect(JSON.stringify(others)).not.toContain('-gate');
});

test('who may open nothing asks for it, and who opens asks nobody', () => {
  const actions = (id: string) => of(id).map(({ action }) => action.split(':')[0]);
  expect(actions('ApiCaseFileRole')).not.toContain('kms');
  expect(actions('GateFunctionRole')).not.toContain('lambda');
});

test('an API names its own address in its heartbeats, which the gate of the peer goes by', () => {
  const [http] = resources(network, 'AWS::ApiGatewayV2::Api');
  const named = resources(network, 'AWS::Lambda::Function')
    .filter(({ props }) => 'API_URL' in props.Environment.Variables)
    .map(({ id, props }) => [id, props.Environment.Variables.API_URL]);
  const endpoint = { 'Fn::GetAtt': [http?.logicalId, 'ApiEndpoint'] };
  expect(named.toSorted()).toEqual(
    ['ApiAuthorizerFunction', 'ApiOffice', 'BorderHeartbeatFunction', 'GateFunction'].map((id) => [
      id,
      endpoint,
    ]),
  );
});
