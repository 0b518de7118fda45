import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { compactDecrypt, importJWK, type JWK, SignJWT } from 'jose';
import type { LocalCountry } from './country.ts';

/** An office of the demonstration, with the private key that only the office itself would hold. */
export interface DemoOffice {
  readonly office: string;
  readonly kid: string;
  readonly alg: 'ES256' | 'EdDSA';
  readonly privateKey: JWK;
  readonly publicKey: JWK;
  /** What crosses the border is encrypted for this one. */
  readonly decryptionKey: JWK;
  readonly encryptionKey: JWK;
  /** A worker's pseudonym: nobody's name. */
  readonly sub: string;
}

/** An office with fresh keys: the Korean ones sign with ES256, the Vietnamese ones with EdDSA. */
export const freshOffice = (office: string): DemoOffice => {
  const kid = `${office}-${randomBytes(4).toString('hex')}`;
  const ec = office.startsWith('kr');
  const { privateKey, publicKey } = ec
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519');
  const forIt = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    office,
    kid,
    alg: ec ? 'ES256' : 'EdDSA',
    privateKey: privateKey.export({ format: 'jwk' }) as JWK,
    publicKey: { ...(publicKey.export({ format: 'jwk' }) as JWK), kid, use: 'sig' },
    decryptionKey: forIt.privateKey.export({ format: 'jwk' }) as JWK,
    encryptionKey: {
      ...(forIt.publicKey.export({ format: 'jwk' }) as JWK),
      ...{ kid: `${kid}-enc`, use: 'enc' },
    },
    sub: randomBytes(18).toString('base64url'),
  };
};

/** What a gate of the other country encrypted for this office. */
export const decrypted = async ({ decryptionKey }: DemoOffice, jwe: string) => {
  const { plaintext } = await compactDecrypt(jwe, await importJWK(decryptionKey, 'ECDH-ES'));
  return JSON.parse(Buffer.from(plaintext).toString());
};

/** Both public keys, as the office registers them. */
export const keysOf = ({ publicKey, encryptionKey }: DemoOffice) => [publicKey, encryptionKey];

export interface OneCall {
  readonly method: string;
  /** From `/v1` on, with the query. */
  readonly path: string;
  readonly body?: string;
  readonly role?: 'worker' | 'supervisor';
}

/** A token for this one call: any JWT library can make it. */
export const tokenFor = async (
  { office, kid, alg, privateKey, sub }: DemoOffice,
  { apiUrl }: Pick<LocalCountry, 'apiUrl'>,
  { method, path, body = '', role = 'worker' }: OneCall,
): Promise<string> => {
  const sha256 = createHash('sha256').update(body).digest('base64url');
  const htu = `${apiUrl}${path.replace(/\?.*/, '')}`;
  return new SignJWT({ role, htm: method, htu, sha256 })
    .setProtectedHeader({ alg, kid })
    .setIssuer(office)
    .setSubject(sub)
    .setAudience(apiUrl)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(await importJWK(privateKey, alg));
};

export interface Answered {
  readonly status: number;
  readonly etag: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: an outsider reads JSON as it comes
  readonly body: any;
}

/** Calls the API as this office; each command under an Idempotency-Key of its own unless one is given. */
export const callAs = async (
  who: DemoOffice,
  country: Pick<LocalCountry, 'apiUrl'>,
  call: OneCall & { readonly key?: string },
): Promise<Answered> => {
  const token = await tokenFor(who, country, call);
  const answer = await fetch(`${country.apiUrl}${call.path}`, {
    method: call.method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(call.method === 'POST' && { 'idempotency-key': call.key ?? crypto.randomUUID() }),
    },
    ...(call.body !== undefined && { body: call.body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    body: text === '' ? undefined : JSON.parse(text),
  };
};
