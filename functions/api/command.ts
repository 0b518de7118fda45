import { api } from '../../shared/api.ts';
import { answeredBy, askedOf } from '../../shared/asked.ts';
import { restoring, world } from '../../shared/world.ts';

/** The commands of `events/commands.ts` that bring no content: parse, hand on, answer. */
export const handler = api(async (call) => {
  const asked = askedOf(call);
  const deciding = { ...world(), restoring: restoring() };
  if (asked.name !== 'give-report') return answeredBy(deciding, call, asked);
  // Rare, and full of words: a chunk of its own.
  const { reportGivenBy } = await import('../../shared/report/give.ts');
  return reportGivenBy(deciding, call, asked);
});
