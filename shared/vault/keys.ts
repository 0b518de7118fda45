import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import type { Country } from '../../events/envelope.ts';

type Of = { readonly country: Country; readonly referral: string };

/** A data key for one fact with content: the key itself, and how it is kept. */
export type DataKey = { readonly key: Uint8Array; readonly wrapped: Uint8Array };

/** Makes keys and opens none. */
export type KeyMaker = (of: Of) => Promise<DataKey>;
/** Throws when it was wrapped for another referral, or the key may not be used. */
export type KeyOpener = (of: Of, wrapped: Uint8Array) => Promise<Uint8Array>;
/** HMAC by a key that never leaves KMS. */
export type Mac = (message: string) => Promise<Uint8Array>;

const contextOf = ({ country, referral }: Of) => ({ country, referral });

export const keyMaker =
  (kms: KMSClient, keyId: string): KeyMaker =>
  async (of) => {
    const { Plaintext, CiphertextBlob } = await kms.send(
      new GenerateDataKeyCommand({
        KeyId: keyId,
        KeySpec: 'AES_256',
        EncryptionContext: contextOf(of),
      }),
    );
    if (!Plaintext || !CiphertextBlob) throw new Error('KMS gave no data key');
    return { key: Plaintext, wrapped: CiphertextBlob };
  };

export const keyOpener =
  (kms: KMSClient, keyId: string): KeyOpener =>
  async (of, wrapped) => {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: keyId,
        CiphertextBlob: wrapped,
        EncryptionContext: contextOf(of),
      }),
    );
    if (!Plaintext) throw new Error('KMS gave no key');
    return Plaintext;
  };

export const macUnder =
  (kms: KMSClient, keyId: string): Mac =>
  async (message) => {
    const { Mac: mac } = await kms.send(
      new GenerateMacCommand({
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(message),
      }),
    );
    if (!mac) throw new Error('KMS gave no MAC');
    return mac;
  };
