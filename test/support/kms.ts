import { createHmac, randomBytes } from 'node:crypto';
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';

/** KMS in memory: a wrapped key opens under its own encryption context alone. */
export const keys = () => {
  const kms = mockClient(KMSClient);
  const made = new Map<string, { key: Uint8Array; context: string }>();
  kms.on(GenerateDataKeyCommand).callsFake(async ({ EncryptionContext }) => {
    const [key, wrapped] = [randomBytes(32), randomBytes(40)];
    made.set(wrapped.toString('hex'), {
      key: Uint8Array.from(key),
      context: JSON.stringify(EncryptionContext),
    });
    return { Plaintext: Uint8Array.from(key), CiphertextBlob: wrapped };
  });
  kms.on(DecryptCommand).callsFake(async ({ CiphertextBlob, EncryptionContext }) => {
    const found = made.get(Buffer.from(CiphertextBlob).toString('hex'));
    if (found?.context !== JSON.stringify(EncryptionContext))
      throw new InvalidCiphertextException({ message: 'no', $metadata: {} });
    return { Plaintext: Uint8Array.from(found.key) };
  });
  kms.on(GenerateMacCommand).callsFake(async ({ Message }) => ({
    Mac: createHmac('sha256', 'a key that does not leave').update(Message).digest(),
  }));
  return kms;
};
