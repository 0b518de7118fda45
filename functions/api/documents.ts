import { documentPaths } from '../../events/documents.ts';
import { api, type Call } from '../../shared/api.ts';
import { Refused } from '../../shared/errors.ts';
import { restoringNow } from '../../shared/restoring.ts';
import { type Bringing, bring, confirm, remove } from '../../shared/vault/bring-documents.ts';
import { bringing, restoring } from '../../shared/world.ts';

const acts = new Map<string, (w: Bringing, call: Call) => Promise<object>>([
  [`POST ${documentPaths.bring}`, bring],
  [`POST ${documentPaths.confirm}`, confirm],
  [`POST ${documentPaths.remove}`, remove],
]);

/** Files of the papers in a case file: where one may be sent, that it was, and that it was a mistake. It reads none of them. */
export const handler = api(async (call) => {
  if (restoring()) throw restoringNow();
  const act = acts.get(call.route);
  if (!act) throw new Refused('not-found', 404, 'No such path');
  return { status: 200, body: await act(bringing(), call) };
});
