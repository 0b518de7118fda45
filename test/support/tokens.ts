import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { digest } from '../../shared/ids.ts';
import { sub } from './aws.ts';
import { noon } from './people.ts';

export const api = 'https://api.invented.example';
type Alg = 'ES256' | 'EdDSA';

/** A fresh key of an office, and the tokens that it signs. */
export const tokenMaker = async (office: string, alg: Alg = 'EdDSA', kid = `${alg}-1`) => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig' } as JWK;
  const seconds = Date.parse(noon) / 1000;
  const claims = (body = ''): JWTPayload => ({
    iss: office,
    sub,
    role: 'worker',
    aud: api,
    iat: seconds,
    exp: seconds + 300,
    htm: 'POST',
    htu: `${api}/v1/referrals`,
    sha256: digest(body),
  });
  const sign = (change: JWTPayload = {}, header: object = {}, body = '') =>
    new SignJWT({ ...claims(body), ...change })
      .setProtectedHeader({ alg, kid, ...header })
      .sign(privateKey);
  return { jwk, claims, sign, seconds };
};
