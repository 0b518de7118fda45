import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Outputs by stack, then by name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Target {
  readonly root: string;
  readonly endpoint: string;
  readonly environments: readonly string[];
}

/** All that our stacks need of a bootstrapped environment: the bucket where assets go. */
const bootstrap = `
Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: { Fn::Sub: 'cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}' }
Outputs:
  BucketName: { Value: { Ref: Assets } }
  BucketDomainName: { Value: { Fn::GetAtt: [Assets, RegionalDomainName] } }
  BootstrapVersion: { Value: '21' }
`;

/** Deploys the stacks of both countries to the emulator, with the CDK, and gives their outputs. */
export const deploy = async ({ root, endpoint, environments }: Target): Promise<Outputs> => {
  const folder = await mkdtemp(join(tmpdir(), 'referrals-cdk-'));
  const template = join(folder, 'bootstrap.yaml');
  const assembly = join(folder, 'cdk.out');
  const outputs = join(folder, 'outputs.json');
  const cdk = command(root, endpoint);
  try {
    await writeFile(template, bootstrap);
    await Promise.all([
      cdk('bootstrap', '--template', template, '--app', '', ...environments),
      cdk('synth', '--quiet', '--app', 'node infra/local/app.ts', '--output', assembly),
    ]);
    const quick = ['--method', 'direct', '--concurrency', '4', '--require-approval', 'never'];
    await cdk('deploy', '--all', '--app', assembly, '--outputs-file', outputs, ...quick);
    return JSON.parse(await readFile(outputs, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const command = (root: string, endpoint: string) => {
  const cli = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const env = {
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  return async (...args: string[]) => {
    const all = [cli, ...args, '--no-notices', '--no-version-reporting', '--no-color'];
    try {
      await run(process.execPath, all, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
    } catch (cause) {
      const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n');
      throw new Error(`cdk ${args[0]} to the local AWS failed. It said:\n${said}`, { cause });
    }
  };
};
