import { createHash, createHmac } from 'node:crypto';
import { EndpointId } from '../events/endpoint.ts';
import { By, type Office, Ref } from '../events/envelope.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest();

/** SHA-256 of exact bytes, base64url; of zero bytes where there is no body. */
export const digest = (body: string | Uint8Array): string => sha256(body).toString('base64url');

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 Crockford characters (130 bits) of a SHA-256: ids that follow from what they name. */
const crockford = (text: string): string => {
  const bits = Array.from(sha256(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from(
    { length: 26 },
    (_, i) => CROCKFORD[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)],
  ).join('');
};

/** A repeated submit finds the first: the id follows from office and key. */
export const refOf = (office: Office, key: string): Ref =>
  Ref.parse(`ref_${crockford(`${office}\n${key}`)}`);

export const endpointIdOf = (office: Office, url: string): EndpointId =>
  EndpointId.parse(`we_${crockford(`${office}\n${url}`)}`);

/** One delivery per endpoint and fact, found by key. */
export const deliveryIdOf = (endpoint: EndpointId, factId: string) =>
  `dlv_${crockford(`${endpoint}\nfact\n${factId}`)}`;

export const byOf = (office: Office, sub: string): By =>
  By.parse(sha256(`${office}/${sub}`).toString('base64url').slice(0, 16));

/** What stands beside a fact to know a repeat: which call it was, and an HMAC of the body under the key, no plain digest. */
export type Mark = { readonly call: string; readonly body: string };
export const markOf = (office: Office, path: string, key: string, body: string): Mark => ({
  call: sha256(`${office}\n${path}\n${key}`).toString('base64url').slice(0, 22),
  body: createHmac('sha256', key).update(body).digest('base64url').slice(0, 22),
});
