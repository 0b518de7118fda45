import { Refused } from './errors.ts';

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

const json = (status: number, body: unknown, headers: Record<string, string>) => ({
  statusCode: status,
  headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  body: JSON.stringify(body),
});

export const answered = ({ status, body, headers = {} }: Answer) =>
  json(status, body, { 'content-type': 'application/json', ...headers });

/** A refusal as RFC 9457 `application/problem+json`; anything else is a bare 500, which tells nothing. */
export const problem = (error: unknown) => {
  const refused =
    error instanceof Refused ? error : new Refused('internal-error', 500, 'Something failed here');
  const { code, status, message, more } = refused;
  return json(
    status,
    { type: `urn:referrals:problem:${code}`, title: message, status, code, ...more },
    {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(status === 503 && { 'retry-after': '2' }),
    },
  );
};

const signIn: Readonly<Record<string, string>> = {
  'token-missing': 'Send a token of your office: authorization: Bearer …',
  'token-expired': 'The token has expired: make one for each call',
  'token-wrong-audience': 'The token is for another API: its aud must be the address of this one',
  'token-wrong-call': 'The token is for another call: htm and htu must be this method and address',
  'token-wrong-body': 'The token is for another body: sha256 must be that of the exact bytes sent',
  'token-too-long': 'A token lives five minutes at most',
  'token-unknown-office': 'No office with this id is in the directory',
  'token-wrong-country': 'An office calls the API of its own country',
  'token-unknown-key': 'The directory has no such key (kid) of this office',
  'token-key-not-yet': 'A new key counts 24 hours after it was added: sign with a present one',
  'office-suspended': 'This office is suspended: ask the operators',
};

/** Why a token was refused. An HTTP API cannot word its own 401, so the authorizer lets the call through with this code. */
export const unauthorized = (code: string) =>
  new Refused(code, 401, signIn[code] ?? 'The token cannot be verified');
