import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { LocalCountry } from '../../infra/local/country.ts';
import { runOnce } from './small-function.ts';
import { both, type Given, sent } from './support.ts';

/** Tells whose credentials it has: nothing else of it is needed. */
const code = `exports.handler = async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`;

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
    const settings = { ...kr.client, credentials: await runOnce(kr, Role, code) };
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
