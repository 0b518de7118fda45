import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { LocalCountry } from '../../infra/local/country.ts';

const zipped = async (code: string): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'referrals-zip-'));
  try {
    await writeFile(join(folder, 'index.js'), code);
    const make = ['-m', 'zipfile', '-c', 'code.zip', 'index.js'];
    await promisify(execFile)('python3', make, { cwd: folder });
    return await readFile(join(folder, 'code.zip'));
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Runs a function of our own once, under this role, and gives what it answers; `code`: its `index.js`. */
export const runOnce = async ({ client }: LocalCountry, Role: string | undefined, code: string) => {
  const lambda = new LambdaClient(client);
  const FunctionName = 'runs-once';
  const ZipFile = await zipped(code);
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Role, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile } },
    }),
  );
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};
