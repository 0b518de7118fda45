import { expect, test } from 'vitest';
import type { Instant } from '../../events/envelope.ts';
import { codeIn } from '../../shared/referral/codes.ts';
import { said } from '../support/permission.ts';

const rows = [
  { code: 'old', validTo: '2026-11-23' },
  { code: 'good', validTo: null },
];
const used = (at: string) => said(() => codeIn(rows, 'old', '/reason', at as Instant));

test('a code counts to the end of its last day, and is offered no more after it', () => {
  expect(used('2026-11-22T00:00:00.000Z')).toBe('allowed');
  expect(used('2026-11-23T23:59:59.999Z')).toBe('allowed');
  expect(used('2026-11-24T00:00:00.000Z')).toBe(
    '422 invalid-field: Must be one of: good (/reason)',
  );
});
