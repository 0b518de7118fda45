import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { type At, open, seal } from '../../../shared/vault/seal.ts';
import { times } from '../../support/seed.ts';

test('no change of a single bit is taken for what was sealed', async () => {
  const key = randomBytes(32);
  const at: At = { country: 'vn', referral: 'ref_A', slot: 'vn2', part: 'reason' };
  const sealed = Buffer.from(await seal(key, at, { text: 'An invented reason' }));
  const bits = sealed.length * 8;
  let opened = 0;
  for (let run = 0; run < 10_000 * times; run += 1) {
    const bit = run < bits ? run : randomInt(bits);
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await open(key, at, changed).then(
      () => {
        opened += 1;
      },
      () => undefined,
    );
  }
  expect(opened).toBe(0);
});
