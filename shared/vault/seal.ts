import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import type { Country } from '../../events/envelope.ts';

/** Where a sealed part belongs: `slot` of its fact (`kr1`), `part` such as `identity`. Another place does not open it. */
export type At = {
  readonly country: Country;
  readonly referral: string;
  readonly slot: string;
  readonly part: string;
};

const { encrypt, decrypt } = buildClient({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
});
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

/** `key`: 32 bytes, of one fact alone. No cache: each call makes its own keyring. */
const keyringOf = (key: Uint8Array) =>
  new RawAesKeyringNode({
    keyNamespace: 'referrals',
    keyName: 'content',
    unencryptedMasterKey: Uint8Array.from(key), // it must stand in a buffer of its own
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });

const contextOf = ({ country, referral, slot, part }: At) => ({ country, referral, slot, part });

/** JSON content as one AWS Encryption SDK message. */
export const seal = async (key: Uint8Array, at: At, content: unknown): Promise<Uint8Array> => {
  const text = Buffer.from(JSON.stringify(content));
  const { result } = await encrypt(keyringOf(key), text, {
    suiteId,
    encryptionContext: contextOf(at),
  });
  return result;
};

/** Throws when a bit was changed, when the key is another's, or when it was sealed for another place. */
export const open = async (key: Uint8Array, at: At, sealed: Uint8Array): Promise<unknown> => {
  const { plaintext, messageHeader } = await decrypt(keyringOf(key), sealed);
  const { encryptionContext: found, suiteId: used } = messageHeader;
  // The library compares nothing of what it was sealed for.
  const expected = Object.entries(contextOf(at));
  const same = expected.every(([name, value]) => found[name] === value);
  if (!same || Object.keys(found).length !== expected.length || used !== suiteId)
    throw new Error('This part was sealed for another place');
  return JSON.parse(plaintext.toString());
};
