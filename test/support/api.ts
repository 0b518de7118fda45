import { commandAt, commands } from '../../events/commands.ts';
import { handler as plain } from '../../functions/api/command.ts';
import { handler as sealed } from '../../functions/api/sealed-command.ts';
import { type ApiEvent, answerOf } from './aws.ts';

/** What the function that the API sends a command to answers (`infra/capabilities/api.ts`). */
export const commanded = (event: ApiEvent) => {
  const name = commandAt(event.routeKey.replace(/^POST /, ''));
  return answerOf(name && commands[name].sealed ? sealed : plain, event);
};
