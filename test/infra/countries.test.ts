import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, expect, test, vi } from 'vitest';
import { routes } from '../../events/commands.ts';
import { ownPaths } from '../../events/office-commands.ts';
import { type Code, codes } from '../../infra/countries.ts';
import { app, resources, stack } from './synth.ts';

const prod = app();
const network = stack(prod, 'kr', 'network');
afterEach(() => vi.unstubAllEnvs());

/** A template with its country, peer and the hashes in ids taken out. */
const neutral = (code: Code, kind: 'data' | 'network') => {
  const { Resources, Outputs } = Template.fromStack(stack(prod, code, kind)).toJSON();
  const names = { kr: '(kr|ap-northeast-2|111111111111)', vn: '(vn|ap-southeast-1|222222222222)' };
  const [own, peer] = code === 'kr' ? [names.kr, names.vn] : [names.vn, names.kr];
  return JSON.stringify({ Resources, Outputs })
    .replace(new RegExp(`(?<![a-z])${own}(?![a-z])|(?<=referrals)${code}`, 'g'), 'OWN')
    .replace(new RegExp(`(?<![a-z])${peer}(?![a-z])`, 'g'), 'PEER')
    .replace(/[0-9A-F]{8}/g, '');
};

test.each(['data', 'network'] as const)('the countries differ in nothing but names: %s', (kind) => {
  expect(neutral('kr', kind)).toBe(neutral('vn', kind));
});

test('each country is in its own region and account', () => {
  const places = codes.map((code) => {
    const { region, account } = stack(prod, code, 'network');
    return `${code} ${region} ${account}`;
  });
  expect(places).toEqual(['kr ap-northeast-2 111111111111', 'vn ap-southeast-1 222222222222']);
});

test('regions come from the context, and stay themselves for the peer', () => {
  const moved = app({ regionVn: 'ap-southeast-7' });
  expect(stack(moved, 'vn', 'network').region).toBe('ap-southeast-7');
  const template = JSON.stringify(Template.fromStack(stack(moved, 'kr', 'network')).toJSON());
  expect(template).toContain(
    'arn:aws:events:ap-southeast-7:222222222222:event-bus/referrals-border-vn',
  );
});

test('nothing is used that the CDK has deprecated', () => {
  vi.stubEnv('JSII_DEPRECATED', 'fail');
  expect(() => app().synth()).not.toThrow();
});

test.each([{}, { restoring: 'kr' }])(
  'cdk-nag and the rules of the CDK find nothing: %j',
  (more) => {
    vi.stubEnv('JSII_DEPRECATED', 'quiet'); // it looks at a deprecated property itself
    const judged = app({ '@aws-cdk/core:validateAgainstDefaultRules': true, ...more });
    Validations.of(judged).addPlugins(new AwsSolutionsChecks(judged));
    expect(() => judged.synth()).not.toThrow();
  },
);

test('every command has its route, and unknown paths get our own answer', () => {
  const keys = resources(network, 'AWS::ApiGatewayV2::Route').map(({ props }) => props.RouteKey);
  expect(keys.sort()).toEqual(
    [
      ...routes.map(({ method, path }) => `${method} ${path}`),
      'GET /v1/referrals/{ref}',
      'GET /v1/referrals/{ref}/facts',
      'POST /v1/referrals/{ref}/case-file/disclosures',
      'POST /v1/referrals/{ref}/documents',
      'POST /v1/referrals/{ref}/documents/{file}/confirmations',
      'POST /v1/referrals/{ref}/documents/{file}/removals',
      'GET /v1/inbox',
      'GET /v1/sent',
      'GET /v1/directory/areas',
      'GET /v1/directory/offices',
      'GET /v1/directory/services',
      ...ownPaths.map((path) => `POST ${path}`),
      'POST /v1/endpoints',
      'GET /v1/endpoints',
      '$default',
    ].sort(),
  );
});

test('every route asks the authorizer, and no answer of it is kept', () => {
  const [authorizer, ...others] = resources(network, 'AWS::ApiGatewayV2::Authorizer');
  expect(others).toEqual([]);
  expect(authorizer?.props).toMatchObject({
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerResultTtlInSeconds: 0,
    EnableSimpleResponses: true,
    IdentitySource: [],
  });
  for (const { props } of resources(network, 'AWS::ApiGatewayV2::Route')) {
    expect(props.AuthorizationType).toBe('CUSTOM');
    expect(props.AuthorizerId).toEqual({ Ref: authorizer?.logicalId });
  }
});

test('every function runs on what was tested', () => {
  for (const { props } of resources(network, 'AWS::Lambda::Function'))
    expect(props).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: expect.any(Number),
    });
});
