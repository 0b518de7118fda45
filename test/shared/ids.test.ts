import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EndpointId } from '../../events/endpoint.ts';
import { By, Ref } from '../../events/envelope.ts';
import { byOf, deliveryIdOf, digest, endpointIdOf, markOf, refOf } from '../../shared/ids.ts';
import { abroad, sender } from '../support/people.ts';

const key = 'a-key-of-22-characters';

test('a referral’s id follows from office and key, and from nothing else', () => {
  expect(refOf(sender, key)).toBe(refOf(sender, key));
  expect(Ref.parse(refOf(sender, key))).toMatch(/^ref_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(new Set([refOf(sender, key), refOf(abroad, key), refOf(sender, `${key}x`)]).size).toBe(3);
});

test('an endpoint’s id follows from office and address', () => {
  const id = endpointIdOf(sender, 'https://invented.example/');
  expect(EndpointId.parse(id)).toBe(endpointIdOf(sender, 'https://invented.example/'));
  expect(id).not.toBe(endpointIdOf(abroad, 'https://invented.example/'));
});

test('a delivery’s id follows from endpoint and fact: one for each pair', () => {
  const [one, two] = ['https://invented.example/', 'https://other.example/'].map((url) =>
    endpointIdOf(sender, url),
  );
  const ids = [one, two].flatMap((endpoint) =>
    ['kr/1', 'vn/1', 'vn/2'].map((slot) =>
      deliveryIdOf(endpoint as EndpointId, `ref_0000000000000000000000TEST/${slot}`),
    ),
  );
  expect(new Set(ids).size).toBe(6);
  for (const id of ids) expect(id).toMatch(/^dlv_[0-9A-HJKMNP-TV-Z]{26}$/);
});

describe('the mark of a call', () => {
  const mark = markOf(sender, '/v1/x', key, '{}');

  test('tells calls apart by office, path and key', () => {
    const others = [
      markOf(abroad, '/v1/x', key, '{}'),
      markOf(sender, '/v1/y', key, '{}'),
      markOf(sender, '/v1/x', `${key}x`, '{}'),
    ];
    expect(new Set([mark, ...others].map(({ call }) => call)).size).toBe(4);
    expect(markOf(sender, '/v1/x', key, '{"a":1}').call).toBe(mark.call);
  });

  test('holds no plain digest of the body: the key decides, as a secret does', () => {
    expect(markOf(sender, '/v1/x', key, '{"a":1}').body).not.toBe(mark.body);
    expect(markOf(sender, '/v1/x', `${key}x`, '{}').body).not.toBe(mark.body);
    expect(digest('{}')).not.toContain(mark.body);
  });
});

test('who wrote is told apart and not told', () => {
  const [one, two] = [
    byOf(sender, 'somebody-invented-0001'),
    byOf(sender, 'somebody-invented-0002'),
  ];
  expect(By.parse(one)).toBe(one);
  expect(new Set([one, two, byOf(abroad, 'somebody-invented-0001')]).size).toBe(3);
  const hash = createHash('sha256').update(`${sender}/somebody-invented-0001`).digest('base64url');
  expect(one).toBe(hash.slice(0, 16));
});

test('the digest of no body is that of zero bytes', () => {
  expect(digest('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
});
