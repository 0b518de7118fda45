import { type KeyObject, randomBytes } from 'node:crypto';
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { EndpointId } from '../events/endpoint.ts';
import { keyOf } from './sign.ts';

/** Signing secrets of endpoints, at rest only as KMS ciphertext bound to the endpoint. */
export type Secrets = {
  /** A new secret (`whsec_…`, shown once) and its ciphertext, base64. */
  make(endpoint: EndpointId): Promise<{ secret: string; ciphertext: string }>;
  /** The key behind a ciphertext, kept for 5 minutes. */
  open(endpoint: EndpointId, ciphertext: string): Promise<KeyObject>;
};

const KEPT_FOR = 300_000;

export const secretsUnder = (kms: KMSClient, keyId: string, clock: () => number): Secrets => {
  const kept = new Map<string, { key: KeyObject; at: number }>();
  const contextOf = (endpoint: EndpointId) => ({ endpoint });
  return {
    async make(endpoint) {
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(secret),
          EncryptionContext: contextOf(endpoint),
        }),
      );
      return { secret, ciphertext: Buffer.from(CiphertextBlob ?? []).toString('base64') };
    },
    async open(endpoint, ciphertext) {
      const found = kept.get(ciphertext);
      if (found && clock() - found.at < KEPT_FOR) return found.key;
      const { Plaintext } = await kms.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(ciphertext, 'base64'),
          EncryptionContext: contextOf(endpoint),
        }),
      );
      const key = keyOf(Buffer.from(Plaintext ?? []).toString());
      kept.set(ciphertext, { key, at: clock() });
      return key;
    },
  };
};
