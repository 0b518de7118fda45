import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { both, type Given, sent } from './support.ts';

/** Tells whose credentials it has: nothing else of it is needed. */
const code = `exports.handler = async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`;

const zipped = async (): Promise<Buffer> => {
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

/** The credentials of this role, as only a function under it has them. */
const credentialsOf = async ({ client }: LocalCountry, Role: string | undefined) => {
  const lambda = new LambdaClient(client);
  const FunctionName = 'tells-its-credentials';
  const ZipFile = await zipped();
  await lambda.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Role, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile } },
    }),
  );
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};

/** The name of the error, or nothing when it was allowed. */
const refused = async (ask: Promise<unknown>): Promise<string | undefined> => {
  try {
    await ask;
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
};

export const denied = (given: Given) =>
  test('what seals can open nothing: under its role no key is unwrapped and nothing of the vault is read', async () => {
    const { ref } = await sent(given());
    const [kr] = both(given()) as [LocalCountry, LocalCountry];
    const name = Object.keys(kr.functions).find((one) => one.includes('SealedCommand')) ?? '';
    const { Role, Environment } = await new LambdaClient(kr.client).send(
      new GetFunctionConfigurationCommand({ FunctionName: kr.functions[name] }),
    );
    const { VAULT, KEYS, CONTENT_KEY: KeyId, LEDGER } = Environment?.Variables ?? {};
    const settings = { ...kr.client, credentials: await credentialsOf(kr, Role) };
    const kms = new KMSClient(settings);
    const dynamo = new DynamoDBClient(settings);

    const EncryptionContext = { country: 'kr', referral: ref };
    const { CiphertextBlob } = await kms.send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }),
    );
    const unwrap = new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext });
    const of = { ':pk': { S: ref } };
    const query = (TableName: string | undefined) =>
      new QueryCommand({
        ...{ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: of },
      });
    const key = { pk: { S: ref }, sk: { S: 'keys' } };
    const item = { pk: { S: ref }, sk: { S: 'kr1#identity' } };
    expect({
      decrypt: await refused(kms.send(unwrap)),
      query: await refused(dynamo.send(query(VAULT))),
      get: await refused(dynamo.send(new GetItemCommand({ TableName: VAULT, Key: item }))),
      scan: await refused(dynamo.send(new ScanCommand({ TableName: VAULT }))),
      keys: await refused(dynamo.send(new GetItemCommand({ TableName: KEYS, Key: key }))),
    }).toEqual(
      Object.fromEntries(
        ['decrypt', 'query', 'get', 'scan', 'keys'].map((call) => [
          call,
          expect.stringMatching(/^AccessDenied/),
        ]),
      ),
    );

    // They are its credentials, and there was something to be opened.
    expect((await dynamo.send(query(LEDGER))).Count).toBe(1);
    const operator = new DynamoDBClient(kr.client);
    expect((await operator.send(query(VAULT))).Count).toBeGreaterThan(3);
    expect((await new KMSClient(kr.client).send(unwrap)).Plaintext).toHaveLength(32);
  });
