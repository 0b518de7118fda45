import { api } from '../../shared/api.ts';
import { answeredBy, askedOf } from '../../shared/asked.ts';
import { restoring, world } from '../../shared/world.ts';

/** The commands of `events/commands.ts` that bring no content: parse, hand on, answer. */
export const handler = api(async (call) => {
  const asked = askedOf(call);
  return answeredBy({ ...world(), restoring: restoring() }, call, asked);
});
