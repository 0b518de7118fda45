import { commandAt, commands, Path } from '../../events/commands.ts';
import { Ref } from '../../events/envelope.ts';
import { api, type Call } from '../../shared/api.ts';
import { Refused } from '../../shared/errors.ts';
import { etagOf, handle, presented } from '../../shared/handle.ts';
import { markOf, refOf } from '../../shared/ids.ts';
import { inputOf } from '../../shared/input.ts';
import type { Command } from '../../shared/referral/command.ts';
import { restoringNow } from '../../shared/restoring.ts';
import { restoring, world } from '../../shared/world.ts';

/** Every command of `events/commands.ts`: parse, hand on, answer with the referral as the caller may see it. */
export const handler = api(async (call) => {
  if (restoring()) throw restoringNow();
  const { caller, route, path, headers, body } = call;
  const name = commandAt(route.replace(/^POST /, ''));
  if (!name) throw notFound();
  const { input, sealed, repeats, later } = commands[name];
  const key = keyOf(call, sealed || repeats);
  const command = {
    do: name,
    offer: offerOf(call),
    input: inputOf(input, body, later),
    caller,
  } as Command;
  const ref = name === 'submit' ? refOf(caller.office, key ?? '') : refIn(call);
  const mark = key === undefined ? undefined : markOf(caller.office, path, key, body);
  const { state, context, recorded } = await handle(world(), ref, command, {
    mark,
    ifMatch: headers['if-match'],
  });
  return {
    status: name === 'submit' && recorded ? 201 : 200,
    headers: { etag: etagOf(state.counts) },
    // A helpline acts for her and reads nothing.
    body: presented(state, caller, context) ?? { ref },
  };
});

const notFound = () => new Refused('not-found', 404, 'No such referral or offer for this office');

const refIn = ({ params }: Call): Ref => {
  const ref = Ref.safeParse(params.ref);
  if (!ref.success) throw notFound();
  return ref.data;
};

const offerOf = ({ params }: Call) => {
  const path = Path.safeParse(params);
  if (!path.success) throw notFound();
  return path.data.offer;
};

/** A UUID, or 22 random characters and more. */
const keyOf = ({ headers }: Call, required: boolean): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined && !required) return undefined;
  if (key !== undefined && /^[A-Za-z0-9_-]{22,128}$/.test(key)) return key;
  throw new Refused(
    'key-required',
    422,
    'Send an Idempotency-Key: a UUID, or at least 22 random characters',
    {
      field: 'Idempotency-Key',
    },
  );
};
