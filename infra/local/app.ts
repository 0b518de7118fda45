import { App, type CfnElement, CfnOutput, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { build } from '../stacks.ts';
import { adapt } from './differences.ts';

/** Physical names, which the e2e tests need: `Function…` and `Queue…`, then the path of the construct. */
const tell = (kind: string, element: CfnElement & { readonly ref: string }) => {
  const [, ...path] = element.node.path.split('/').filter((part) => part !== 'Resource');
  new CfnOutput(element.stack, [kind, ...path].join(''), { value: element.ref });
};

/** The same app for the emulator: assets go up with the CLI's credentials. */
const app = new App({
  defaultStackSynthesizer: new CliCredentialsStackSynthesizer(),
  builtinCloudFormationValidation: false, // it is about AWS, and `infra/app.ts` has it
  postCliContext: { stage: 'local' },
});
build(app);
for (const node of app.node.findAll()) {
  if (node instanceof CfnFunction) tell('Function', node);
  if (node instanceof CfnQueue) tell('Queue', node);
}
adapt(app);
