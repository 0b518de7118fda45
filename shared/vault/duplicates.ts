import { createHash, createHmac } from 'node:crypto';
import type { Office } from '../../events/envelope.ts';
import type { Mac } from './keys.ts';

/** Who she is, as far as the office wrote it down. */
export type Person = {
  readonly name: string;
  readonly birthDate?: string | undefined;
  readonly document?: { readonly number: string } | undefined;
};

/** One form for a number or a name, however it was typed. */
const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** By her document, else by name and date of birth; nothing when neither tells her from others. */
const personOf = ({ name, birthDate, document }: Person): string | undefined => {
  const [number, known] = [normalised(document?.number ?? ''), normalised(name)];
  if (number.length >= LEAST) return `document ${number}`;
  return birthDate && known !== '' ? `name ${known} ${birthDate}` : undefined;
};

/** A shorter number is none: a dash, a question mark. */
const LEAST = 4;

/**
 * Under which names this office's referral of her for these needs is found: an HMAC each, by a key that follows from office and
 * person and that only KMS can make. None without an identity.
 */
export const duplicateKeys = async (
  mac: Mac,
  office: Office,
  person: Person | undefined,
  categories: readonly string[],
): Promise<string[]> => {
  const who = person && personOf(person);
  if (!who) return [];
  // A digest, as KMS takes 4,096 bytes at most.
  const message = createHash('sha256').update(`${office}\n${who}`).digest('base64url');
  const key = await mac(message);
  return [...new Set(categories)].map((category) =>
    createHmac('sha256', key).update(category).digest('base64url'),
  );
};
