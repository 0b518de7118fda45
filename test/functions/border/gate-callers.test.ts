import '../../support/env.ts';
import type { JWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { handler } from '../../../functions/border/disclose.ts';
import { digest } from '../../../shared/ids.ts';
import {
  asks,
  type Change,
  codeOf,
  contentOf,
  db,
  goesOn,
  passed,
  path,
  progressOf,
  ref,
  seconds,
  there,
  tokens,
} from '../../support/at-the-gate.ts';
import { seedDirectory } from '../../support/directory.ts';
import { abroad, noon, sender, stranger } from '../../support/people.ts';
import { accepted, acknowledged, consentWithdrawn, safetyHeld } from '../../support/steps.ts';
import { api } from '../../support/tokens.ts';

describe('whether she may be contacted by a channel now', () => {
  const accepts = () => goesOn(acknowledged({ offer: 'kr1-1' }), accepted({ offer: 'kr1-1' }));
  /** She is in Korea and allowed Monday and Tuesday, ten to twelve; noon there is 3:00 UTC. */
  const asksFor = async (channel: string, claims: object = {}) => {
    const body = JSON.stringify({ kind: 'contact-attempted', channel });
    const call = { aud: there, htu: progressOf(there), sha256: digest(body) };
    const times = { iat: seconds(), exp: seconds() + 300 };
    const token = await tokens[abroad]?.sign({ ...times, ...call, ...claims }, {}, body);
    const known = { kr: 1, vn: 2 };
    const ask = { ask: 'channel', from: 'vn', ref, offer: 'kr1-1' };
    return handler({ ...ask, body, token, known });
  };
  const atTen = () => {
    const since = (seconds() - Date.parse(noon) / 1000) / 60;
    passed(24 * 60 - ((since + 60) % (24 * 60))); // eleven in Korea, on a later day
  };

  test('is answered yes by the channels and hours that she gave, and no for all others', async () => {
    accepts();
    atTen();
    expect(await asksFor('messenger')).toEqual({ allowed: true });
    for (const channel of ['phone', 'email']) // one that she forbade, one that she did not name
      expect(await asksFor(channel)).toEqual({ allowed: false });
    passed(300);
    expect(await asksFor('messenger')).toEqual({ allowed: false });
    expect(db.ledger().map(({ type }) => type)).not.toContain('case-file.disclosed.v1');
  });

  test('is no under a safety hold, and refused to who may read nothing', async () => {
    accepts();
    atTen();
    goesOn(safetyHeld(sender, 'kr2-1'));
    expect(await asksFor('messenger')).toEqual({ allowed: false });
    goesOn(consentWithdrawn(sender, 'kr3-1', 'kr1-1', 'kr1-2'));
    expect(codeOf(await asksFor('messenger'))).toBe('access-closed');
  });

  test('is asked with the token of that report alone', async () => {
    accepts();
    expect(codeOf(await asksFor('messenger', { htu: `${there}${path}` }))).toBe('token-wrong-call');
  });
});

describe('it believes no caller', () => {
  test.each<[string, Change, string]>([
    ['another call', { claims: { htu: `${api}/v1/referrals` } }, 'token-wrong-call'],
    ['a report of progress', { claims: { htu: progressOf(api) } }, 'token-wrong-call'],
    ['another method', { claims: { htm: 'GET' } }, 'token-wrong-call'],
    ['another body', { claims: { sha256: digest('{}') } }, 'token-wrong-body'],
    ['another API', { claims: { aud: there } }, 'token-wrong-audience'],
    ['another country', { from: 'vn' }, 'token-wrong-country'],
    ['longer than five minutes', { claims: { exp: 4_000_000_000 } }, 'token-too-long'],
    ['another office', { claims: { iss: stranger } }, 'token-wrong-country'],
  ])('a token for %s gets nothing', async (_, change, code) => {
    expect(codeOf(await asks(sender, change))).toBe(code);
    expect(db.ledger()).toHaveLength(1);
  });

  test('no token gets nothing', async () => {
    const known = { kr: 0, vn: 0 };
    const body = { ask: 'case-file', from: 'kr', ref, body: '', key: 'k', known };
    expect(codeOf(await handler({ ...body, token: '' }))).toBe('token-missing');
    await expect(handler({ ...body, office: sender })).rejects.toThrow();
    expect(db.ledger()).toHaveLength(1);
  });

  test('an office without a key to encrypt for gets nothing across the border', async () => {
    passed(2);
    seedDirectory(db, 'kr', { [abroad]: [tokens[abroad]?.jwk as JWK] });
    expect(codeOf(await asks(abroad))).toBe('no-encryption-key');
    expect(db.ledger()).toHaveLength(1);
  });

  test('a country that was never heard has no API that a token could name', async () => {
    db.items.delete('ledger border heartbeat');
    expect(codeOf(await asks(abroad))).toBe('not-yet-here');
  });
});

describe('a repeat of the key', () => {
  test('is the same disclosure, and no second fact', async () => {
    const first = await contentOf(await asks(sender));
    expect(await contentOf(await asks(sender))).toEqual(first);
    expect(db.ledger()).toHaveLength(2);
  });

  test('is refused from somebody else', async () => {
    await asks(sender);
    const claims = { sub: 'another-invented-worker' };
    expect(codeOf(await asks(sender, { claims }))).toBe('key-reused');
  });

  test('is refused once a fact came after it', async () => {
    await asks(sender);
    goesOn(acknowledged({ offer: 'kr1-1' }));
    expect(codeOf(await asks(sender))).toBe('key-reused');
    expect(db.ledger()).toHaveLength(3);
  });

  test('is the same also when the other gate, or somebody else, read it meanwhile', async () => {
    await asks(sender);
    await asks(abroad, { key: 'a-key-of-22-characters-2' });
    expect(codeOf(await asks(sender))).toBe('disclosed');
    expect(db.ledger()).toHaveLength(3);
  });

  test('is refused after five minutes', async () => {
    await asks(sender);
    passed(6);
    expect(codeOf(await asks(sender))).toBe('key-reused');
  });
});
