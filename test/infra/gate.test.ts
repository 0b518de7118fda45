import { expect, test } from 'vitest';
import { app, doorOf, grants, letIn, resources, stack } from './synth.ts';

const network = stack(app(), 'kr', 'network');

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

test('who may open nothing asks for it, and who opens asks nobody', () => {
  const of = (id: string) => grants(network).filter(({ who }) => who === id);
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
