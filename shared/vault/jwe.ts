import { CompactEncrypt, importJWK } from 'jose';
import type { Instant } from '../../events/envelope.ts';
import { Refused } from '../errors.ts';
import type { OfficeState } from '../office/fold.ts';
import { counts } from '../office/key.ts';

/** For the office's eyes alone: nobody on the way, no operator of its country, can read it. */
export const encryptedFor = async (
  { keys }: Pick<OfficeState, 'keys'>,
  content: unknown,
  at: Instant,
): Promise<string> => {
  const key = keys.findLast((one) => one.use === 'enc' && counts(one, at));
  if (!key)
    throw new Refused(
      'no-encryption-key',
      409,
      'What crosses the border is encrypted for your office: register a key with use "enc" (rotate-keys)',
    );
  const { from: _, ...jwk } = key;
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid })
    .encrypt(await importJWK(jwk, 'ECDH-ES'));
};
