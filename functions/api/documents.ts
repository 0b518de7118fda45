import { documentPaths } from '../../events/documents.ts';
import { api } from '../../shared/api.ts';
import { restoringNow } from '../../shared/restoring.ts';
import { bring, confirm } from '../../shared/vault/bring-documents.ts';
import { bringing, restoring } from '../../shared/world.ts';

/** Files of the papers in a case file: where one may be sent, and that it was. It reads none of them. */
export const handler = api(async (call) => {
  if (restoring()) throw restoringNow();
  const confirms = call.route === `POST ${documentPaths.confirm}`;
  const body = await (confirms ? confirm : bring)(bringing(), call);
  return { status: 200, body };
});
