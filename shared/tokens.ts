import { decodeProtectedHeader, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { JWTExpired } from 'jose/errors';
import type { Country, Instant } from '../events/envelope.ts';
import type { Offices } from './directory.ts';
import { algOf, counts } from './office/key.ts';
import { countryOf } from './referral/order.ts';

/** Who calls: what the authorizer hands to the API. `sha256` is of the body, which the authorizer never sees. */
export type Identity = {
  readonly office: string;
  readonly role: 'worker' | 'supervisor';
  readonly sub: string;
  readonly sha256: string;
};
export type Refusal = { readonly refused: string };

/** The one call that a token must be for. `api`: the base address of this country's API, also the token's audience. */
export type ThisCall = {
  readonly api: string;
  readonly country: Country;
  readonly method: string;
  readonly path: string;
  readonly at: Instant;
};

const MOST_SECONDS = 300;
const MOST_SKEW = 30;

/** Verifies an office's own token (`design.md`, Identity) against its public keys; gives who calls, or the code of the refusal. */
export const verify = async (
  token: string | undefined,
  offices: Offices,
  call: ThisCall,
): Promise<Identity | Refusal> => {
  if (!token) return { refused: 'token-missing' };
  try {
    const office = officeOf(token, offices);
    if (!office) return { refused: 'token-unknown-office' };
    if (countryOf(office.office) !== call.country) return { refused: 'token-wrong-country' };
    if (!office.active) return { refused: 'office-suspended' };
    const { kid, alg } = decodeProtectedHeader(token);
    const jwk = office.keys.find((key) => key.kid === kid && key.use === 'sig');
    if (!jwk) return { refused: 'token-unknown-key' };
    if (!counts(jwk, call.at)) return { refused: 'token-key-not-yet' };
    if (alg !== algOf(jwk)) return { refused: 'token-wrong-algorithm' };
    const { payload } = await jwtVerify(token, await importJWK({ ...jwk }, alg), {
      algorithms: ['ES256', 'EdDSA'],
      currentDate: new Date(call.at),
      requiredClaims: ['iss', 'sub', 'aud', 'iat', 'exp'],
    });
    return checked(payload, call);
  } catch (error) {
    // Whatever a stranger's text makes the library throw, it is the text that is wrong.
    return { refused: error instanceof JWTExpired ? 'token-expired' : 'token-invalid' };
  }
};

/** The office that a token names; nothing is trusted yet. */
const officeOf = (token: string, offices: Offices) => {
  const payload: unknown = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  );
  const issuer =
    payload && typeof payload === 'object' && 'iss' in payload ? payload.iss : undefined;
  return typeof issuer === 'string' && Object.hasOwn(offices, issuer) ? offices[issuer] : undefined;
};

const checked = (claims: JWTPayload, { api, method, path, at }: ThisCall): Identity | Refusal => {
  const { iss, sub, aud, iat = 0, exp = 0, role, htm, htu, sha256 } = claims;
  if (aud !== api) return { refused: 'token-wrong-audience' };
  if (exp - iat > MOST_SECONDS) return { refused: 'token-too-long' };
  if (iat > Date.parse(at) / 1000 + MOST_SKEW) return { refused: 'token-from-the-future' };
  if (htm !== method || htu !== `${api}${path}`) return { refused: 'token-wrong-call' };
  if (role !== 'worker' && role !== 'supervisor') return { refused: 'token-wrong-role' };
  if (!iss || !sub || !/^[A-Za-z0-9_-]{22,128}$/.test(sub))
    return { refused: 'token-wrong-subject' };
  if (typeof sha256 !== 'string') return { refused: 'token-wrong-body' };
  return { office: iss, role, sub, sha256 };
};
