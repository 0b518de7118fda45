import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { Instant } from '../events/envelope.ts';
import type { OfficeKey } from './office/fold.ts';
import { algOf } from './office/key.ts';

type ThisCall = {
  readonly api: string;
  readonly office: string;
  readonly path: string;
  readonly at: Instant;
};

const MOST_SECONDS = 300;

/** Whether this very call was signed by this key too: a JWT like the token, but without a worker and a body. */
export const proves = async (proof: string, key: OfficeKey, call: ThisCall): Promise<boolean> => {
  try {
    const { payload } = await jwtVerify(proof, await importJWK({ ...key }, algOf(key)), {
      algorithms: [algOf(key)],
      issuer: call.office,
      audience: call.api,
      currentDate: new Date(call.at),
      maxTokenAge: MOST_SECONDS,
      requiredClaims: ['iat', 'exp'],
    });
    const { htm, htu } = payload;
    const named = decodeProtectedHeader(proof).kid === key.kid;
    return named && htm === 'POST' && htu === `${call.api}${call.path}`;
  } catch {
    // Whatever a stranger's text or key makes the library throw, it proves nothing.
    return false;
  }
};
