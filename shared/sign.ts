import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** The HMAC key behind `whsec_…`, made once: signing with a KeyObject is 3 to 6 times as fast as with bytes. */
export const keyOf = (secret: string): KeyObject =>
  createSecretKey(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));

/** Headers of one attempt (Standard Webhooks 1.0.0). `at` in Unix seconds; `body` exactly the bytes that are sent. */
export const signed = (
  id: string,
  at: number,
  body: string,
  keys: readonly KeyObject[],
): Record<string, string> => ({
  'content-type': 'application/cloudevents+json',
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': keys
    .map((key) => `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`)
    .join(' '),
});
