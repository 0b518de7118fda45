import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { keyOf, signed } from '../../shared/sign.ts';
import { noon } from '../support/people.ts';
import { holds } from '../support/seed.ts';

/** The example fact of `design.md`, minified. */
const example =
  '{"specversion":"1.0","id":"ref_7K2M9QX4WD1T8RB5N6C3HJ0VFG/vn/2","source":"urn:referrals:vn","type":"offer.accepted.v1","subject":"ref_7K2M9QX4WD1T8RB5N6C3HJ0VFG","time":"2026-11-23T02:10:00.000Z","country":"vn","seq":2,"seen":1,"reach":"both","actor":"vn-osso-can-tho","data":{"offices":["kr-danuri","vn-osso-can-tho"],"by":"Zk3vW1qXn0aTfLr8","offer":"kr1-1","lines":["l1"]}}';
const secrets = [1, 2].map((n) => `whsec_${Buffer.alloc(32, n).toString('base64')}`);

describe('the golden vectors', () => {
  test('of the example fact, under two secrets', () => {
    expect(Buffer.byteLength(example)).toBe(375);
    expect(createHash('sha256').update(example).digest('hex')).toBe(
      '026462f35ae7136a791b2f6b7fd332393c0cbcb3554c40f7a095e0766135f0b8',
    );
    const id = 'ref_7K2M9QX4WD1T8RB5N6C3HJ0VFG/vn/2';
    expect(signed(id, 1_795_399_801, example, secrets.map(keyOf))).toEqual({
      'content-type': 'application/cloudevents+json',
      'webhook-id': id,
      'webhook-timestamp': '1795399801',
      'webhook-signature':
        'v1,KgM4C3INPhgCNtZgM0wo5auWvjiVIv1OSJCzOdaS/+4= v1,9Cr3VarLCsC6OgS41h37sNW17h4tstoxtkblUvHAw/Q=',
    });
  });

  test('of Svix', () => {
    const key = keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const headers = signed('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}', [
      key,
    ]);
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});

test('standardwebhooks verifies any body, and no body that was changed', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(noon) });
  onTestFinished(() => void vi.useRealTimers());
  const at = Date.parse(noon) / 1000;
  const any = fc.tuple(fc.json({ maxDepth: 3 }), fc.uint8Array({ minLength: 24, maxLength: 64 }));
  return holds(
    fc.property(any, ([body, bytes]) => {
      const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
      const judge = new Webhook(secret);
      const headers = signed('ref_0000000000000000000000TEST/vn/1', at, body, [keyOf(secret)]);
      judge.verify(body, headers);
      expect(() => judge.verify(`${body} `, headers)).toThrow();
      expect(() => judge.verify(body, { ...headers, 'webhook-id': 'x' })).toThrow();
    }),
    10_000,
  );
});

test('a secret is a secret with or without its prefix', () => {
  const [secret = ''] = secrets;
  expect(keyOf(secret).equals(keyOf(secret.replace('whsec_', '')))).toBe(true);
});
