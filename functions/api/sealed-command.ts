import { api } from '../../shared/api.ts';
import { answeredBy, askedOf } from '../../shared/asked.ts';
import { sealedWith } from '../../shared/vault/content-of.ts';
import { restoring, sealing, world } from '../../shared/world.ts';

/** The commands of `events/commands.ts` that bring content: it is sealed with their fact, or nothing is written. */
export const handler = api(async (call) => {
  const asked = askedOf(call);
  const ledger = sealedWith(sealing(), world(), call, asked);
  return answeredBy({ ...world(), ledger, restoring: restoring() }, call, asked);
});
