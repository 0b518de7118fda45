import { api } from '../../shared/api.ts';
import { keyOf, refIn } from '../../shared/asked.ts';
import { contextOf } from '../../shared/context.ts';
import { restoringNow } from '../../shared/restoring.ts';
import { readFrom } from '../../shared/vault/read-case-file.ts';
import { country, gates, restoring, world } from '../../shared/world.ts';

/** `POST …/case-file/disclosures`: looks whether our own ledger closed it, then hands the worker's own token to the gate. */
export const handler = api(async (call) => {
  if (restoring()) throw restoringNow();
  const ref = refIn(call);
  const key = keyOf(call, true) ?? '';
  const log = await world().ledger.load(ref);
  const context = await contextOf(world(), log);
  const parts = await readFrom(gates(), { call, ref, key, log, context, from: country() });
  return { status: 200, body: { ref, parts } };
});
