import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient as Client } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { Conflict, Refused } from '../../../shared/errors.ts';
import { ledgerIn } from '../../../shared/ledger.ts';
import { sealingLedger } from '../../../shared/vault/seal-with-fact.ts';
import { destroy } from '../../../shared/vault/vault.ts';
import { placed, ref, submitted } from '../../support/facts.ts';
import { noon } from '../../support/people.ts';
import { tables } from '../../support/tables.ts';

const store = { vault: 'vault', keys: 'keys', duplicates: 'duplicates' };

/** Two that run at once, one call at a time: whose turn it is stands in `turns`, and who is left goes on alone. */
const atOnce = async (
  turns: readonly (0 | 1)[],
  jobs: readonly ((pass: () => Promise<void>) => Promise<unknown>)[],
) => {
  const parked: ((() => void) | undefined)[] = [];
  const done = [false, false];
  const results = jobs.map((job, i) =>
    job(
      () =>
        new Promise<void>((go) => {
          parked[i] = go;
        }),
    )
      .catch((error: unknown) => error)
      .finally(() => {
        done[i] = true;
      }),
  );
  const settle = () => new Promise((go) => setImmediate(go));
  const step = async (i: number) => {
    while (!done[i] && !parked[i]) await settle();
    const go = parked[i];
    parked[i] = undefined;
    go?.();
    await settle();
  };
  for (const turn of turns) await step(turn);
  for (const i of [0, 1]) while (!done[i]) await step(i);
  return Promise.all(results);
};

/** All ways to mix so many steps of one with so many of the other. */
const mixes = (a: number, b: number): (0 | 1)[][] => {
  if (a === 0 || b === 0) return [[...Array(a).fill(0), ...Array(b).fill(1)]];
  return [
    ...mixes(a - 1, b).map((rest): (0 | 1)[] => [0, ...rest]),
    ...mixes(a, b - 1).map((rest): (0 | 1)[] => [1, ...rest]),
  ];
};

test('a seal that ran beside the erasure left nothing', async () => {
  const met = { written: 0, refused: 0 };
  for (const turns of mixes(4, 6)) {
    const db = tables();
    const client = new Client({});
    const passing = (pass: () => Promise<void>) =>
      Object.assign(Object.create(Client.prototype), {
        send: async (command: never) => {
          await pass();
          return client.send(command);
        },
      }) as DynamoDBClient;
    const fact = placed(submitted(), 'kr', 1, 0);
    const seals = async (pass: () => Promise<void>) => {
      const one = passing(pass);
      const w = {
        ...{ country: 'kr' as const, client: one, tables: { ...store, ledger: 'ledger' } },
        keyFor: async () => {
          await pass();
          return { key: new Uint8Array(32), wrapped: new Uint8Array(8) };
        },
        random: () => 'put',
      };
      const claims = async () => {
        await pass();
        return [{ name: 'invented name' }];
      };
      const parts = [
        { part: 'identity', content: { name: 'INVENTED' } },
        { part: 'reason', content: 'An invented reason' },
      ];
      await sealingLedger(
        ledgerIn(one, 'ledger', () => 'put'),
        w,
        parts,
        claims,
      ).append(fact);
      return 'written';
    };
    const [sealed] = await atOnce(turns, [
      seals,
      (pass) => destroy(passing(pass), store, ref, noon),
    ]);
    const left = [...db.items.keys()].toSorted();
    const facts = left.filter((key) => key.startsWith('ledger '));
    if (sealed === 'written') met.written += 1;
    else {
      expect(sealed).toSatisfy((error) => error instanceof Refused && error.code === 'erased');
      expect(sealed).not.toBeInstanceOf(Conflict);
      met.refused += 1;
    }
    expect(facts).toHaveLength(sealed === 'written' ? 1 : 0);
    expect(left.filter((key) => !facts.includes(key))).toEqual([`keys ${ref} keys`]);
    expect(db.items.get(`keys ${ref} keys`)).toHaveProperty('tombstone');
    expect(db.items.get(`keys ${ref} keys`)).not.toHaveProperty('kr1');
  }
  // Written only where all of it came before the tombstone.
  expect(met).toEqual({ written: 7, refused: 203 });
});
