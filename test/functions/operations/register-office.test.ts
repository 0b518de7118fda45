import '../../support/env.ts';
import { beforeEach, expect, test } from 'vitest';
import sample from '../../../events/samples/office.registered.v1.json' with { type: 'json' };
import { handler } from '../../../functions/operations/register-office.ts';
import { noon } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

let db: ReturnType<typeof tables>;
beforeEach(() => {
  db = tables();
});
const { offices: _, ...entry } = sample.data;
const office = 'kr-invented-desk';
const register = (change: object = {}) =>
  handler({ do: 'register', office, entry: { ...entry, ...change } });

test('an operator registers an office: a fact that both countries hold, by the operator', async () => {
  expect(await register()).toMatchObject({
    office: { office, active: true, takesReferrals: true },
  });
  expect(db.ledger()).toEqual([
    {
      specversion: '1.0',
      id: `${office}/kr/1`,
      source: 'urn:referrals:kr',
      type: 'office.registered.v1',
      subject: office,
      time: noon,
      country: 'kr',
      seq: 1,
      seen: 0,
      reach: 'both',
      actor: 'kr:operator',
      data: { offices: [office], ...entry },
    },
  ]);
});

test('the same again is nothing new, and another entry is told to be wrong', async () => {
  await register();
  expect(await register()).toMatchObject({ office: { office } });
  expect(await register({ kind: 'another' })).toMatchObject({
    refused: 'already-done-differently',
  });
  expect(db.ledger()).toHaveLength(1);
});

test('a suspended office is no longer active', async () => {
  await register();
  expect(await handler({ do: 'suspend', office })).toMatchObject({ office: { active: false } });
  expect(db.ledger()).toHaveLength(2);
});

test.each<[string, unknown, object]>([
  [
    'an office of the other country',
    { do: 'suspend', office: 'vn-osso-can-tho' },
    { refused: 'invalid-field', field: '/office' },
  ],
  ['an unknown office', { do: 'suspend', office }, { refused: 'not-found' }],
  [
    'an unknown field',
    { do: 'suspend', office, force: true },
    { refused: 'unknown-field', field: '/force' },
  ],
  [
    'no key',
    { do: 'register', office, entry: { ...entry, keys: [] } },
    { refused: 'invalid-field', field: '/entry/keys' },
  ],
  ['an unknown act', { do: 'delete', office }, { refused: 'invalid-field', field: '/do' }],
  ['nothing', undefined, { refused: 'not-json' }],
])('%s is told to be wrong, and nothing is written', async (_, event, answer) => {
  expect(await handler(event)).toMatchObject(answer);
  expect(db.writes()).toBe(0);
});

test('a private key is never taken', async () => {
  const keys = [{ ...entry.keys[0], d: 'A'.repeat(43) }];
  expect(await register({ keys })).toHaveProperty('refused');
  expect(db.writes()).toBe(0);
});
