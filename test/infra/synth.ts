import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect } from 'vitest';
import cdk from '../../cdk.json' with { type: 'json' };
import type { Code } from '../../infra/countries.ts';
import { build } from '../../infra/stacks.ts';

let made = 0;

/** The app as `cdk synth` makes it, from the same context; bundles and the CDK's own rules are left out. */
export const app = (context: Record<string, unknown> = {}) => {
  const quick = {
    'aws:cdk:bundling-stacks': [],
    'aws:cdk:disable-asset-staging': true,
    '@aws-cdk/core:validateAgainstDefaultRules': false,
  };
  const outdir = `.build/synth/${++made}`;
  const app = new App({ outdir, context: { ...cdk.context, ...quick, ...context } });
  build(app);
  return app;
};

export const stack = (app: App, code: Code, kind: 'data' | 'network') =>
  app.node.findChild(`referrals-${code}-${kind}`) as Stack;

// biome-ignore lint/suspicious/noExplicitAny: a template is what CloudFormation makes of it
export type Properties = Record<string, any>;

/** All resources of a type, by logical id without its hash: `ApiCommand`. */
export const resources = (stack: Stack, type: string) =>
  Object.entries(Template.fromStack(stack).findResources(type)).map(([id, { ...resource }]) => ({
    id: named(id),
    logicalId: id,
    resource: resource as Properties,
    props: (resource.Properties ?? {}) as Properties,
  }));

const named = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

/** What identity policies allow, one line each: the role, the action, the resource as text. */
export const grants = (stack: Stack) =>
  resources(stack, 'AWS::IAM::Policy').flatMap(({ props }) =>
    props.PolicyDocument.Statement.flatMap((statement: Properties) =>
      [statement.Action].flat().map((action: string) => ({
        who: named(props.Roles[0].Ref),
        action,
        resource: JSON.stringify(statement.Resource),
      })),
    ),
  ) as { who: string; action: string; resource: string }[];

/** Who may do what to a thing: `may(network, /^dynamodb:Put/, 'Ledger')`. */
export const whoMay = (stack: Stack, action: RegExp, thing: string) =>
  [
    ...new Set(
      grants(stack)
        .filter((grant) => action.test(grant.action) && grant.resource.includes(thing))
        .map(({ who }) => who),
    ),
  ].sort();

/** The statements of the door of a function: the alias by which the other country comes in, and who may. */
export const doorOf = (of: Stack, id: string): unknown => {
  const fn = resources(of, 'AWS::Lambda::Function').find((one) => one.id === id);
  const alias = resources(of, 'AWS::Lambda::Alias').find(
    ({ props }) => props.FunctionName.Ref === fn?.logicalId,
  );
  const { Name, FunctionVersion } = alias?.props ?? {};
  if (Name !== 'peer' || FunctionVersion !== '$LATEST') return `${id} has no door`;
  const policies = resources(of, 'AWS::Lambda::ResourcePolicy').filter(
    ({ props }) => props.ResourceArn.Ref === alias?.logicalId,
  );
  return policies.map(({ props }) => props.PolicyDocument.Statement);
};

/** Only these roles of the peer of `kr`. */
export const letIn = (...roles: readonly string[]) => [
  [
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Principal: { AWS: 'arn:aws:iam::222222222222:root' },
      Resource: { Ref: expect.any(String) },
      Condition: {
        ArnEquals: {
          'aws:PrincipalArn': roles.map((role) => `arn:aws:iam::222222222222:role/${role}`),
        },
      },
    },
  ],
];
