import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type At, open, seal } from '../../../shared/vault/seal.ts';

const key = randomBytes(32);
const at: At = { country: 'kr', referral: 'ref_A', slot: 'kr1', part: 'identity' };
const content = { name: 'INVENTED WOMAN' };

test('what was sealed is opened by its key, at its place, and shows nothing of itself', async () => {
  const sealed = await seal(key, at, content);
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('INVENTED');
  expect(await open(key, at, sealed)).toEqual(content);
});

test.each<[string, Partial<At>]>([
  ['another country', { country: 'vn' }],
  ['another referral', { referral: 'ref_B' }],
  ['another slot', { slot: 'kr2' }],
  ['another part', { part: 'contact' }],
])('is refused in the place of %s', async (_, other) => {
  const sealed = await seal(key, at, content);
  await expect(open(key, { ...at, ...other }, sealed)).rejects.toThrow('another place');
});

test('is refused by another key', async () => {
  const sealed = await seal(key, at, content);
  await expect(open(randomBytes(32), at, sealed)).rejects.toThrow();
});
