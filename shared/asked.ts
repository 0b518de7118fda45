import { type CommandName, commandAt, commands, Path } from '../events/commands.ts';
import { Ref } from '../events/envelope.ts';
import type { Call } from './api.ts';
import { Refused } from './errors.ts';
import { etagOf, type Handled, handle, presented, type World } from './handle.ts';
import { type Mark, markOf, refOf } from './ids.ts';
import { inputOf } from './input.ts';
import type { Answer } from './problem.ts';
import type { Command } from './referral/command.ts';
import { restoringNow } from './restoring.ts';

/** A command as a call asks it. `command` holds what decides; `body` also the content, which nothing but a seal may keep. */
export type Asked = {
  readonly name: CommandName;
  readonly ref: Ref;
  readonly command: Command;
  readonly body: Readonly<Record<string, unknown>>;
  readonly mark: Mark | undefined;
  readonly ifMatch: string | undefined;
};

/** Parses a call by `events/commands.ts`. Refuses 404 an address that is none, and 422 what the body lacks. */
export const askedOf = (call: Call): Asked => {
  const { caller, route, path, headers, body: text } = call;
  const name = commandAt(route.replace(/^POST /, ''));
  if (!name) throw notFound();
  const { input, body: schema, sealed, repeats } = commands[name];
  const key = keyOf(call, sealed || repeats);
  const body: Record<string, unknown> = inputOf(schema, text);
  const decides = Object.keys(input.shape).filter((field) => field in body);
  return {
    name,
    ref: name === 'submit' ? refOf(caller.office, key ?? '') : refIn(call),
    command: {
      do: name,
      offer: offerOf(call),
      input: Object.fromEntries(decides.map((field) => [field, body[field]])),
      caller,
    } as Command,
    body,
    mark: key === undefined ? undefined : markOf(caller.office, path, key, text),
    ifMatch: headers['if-match'],
  };
};

export type Deciding = World & { readonly restoring: boolean };

/** Decides and records. */
export const doneBy = async (world: Deciding, asked: Asked): Promise<Handled> => {
  if (world.restoring) throw restoringNow();
  const { ref, command, mark, ifMatch } = asked;
  return handle(world, ref, command, { mark, ifMatch });
};

/** The referral as the caller may see it. */
export const answerTo = (
  { caller }: Call,
  { name, ref }: Asked,
  { state, context, recorded }: Handled,
) => ({
  status: name === 'submit' && recorded ? 201 : 200,
  headers: { etag: etagOf(state.counts) },
  // A helpline acts for her and reads nothing, unless it owes something.
  body: presented(state, caller, context) ?? { ref },
});

/** Decides, records, and answers. */
export const answeredBy = async (world: Deciding, call: Call, asked: Asked): Promise<Answer> =>
  answerTo(call, asked, await doneBy(world, asked));

const notFound = () => new Refused('not-found', 404, 'No such referral or offer for this office');

/** The referral of the path; 404 for what is none. */
export const refIn = ({ params }: Call): Ref => {
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
export const keyOf = ({ headers }: Call, required: boolean): string | undefined => {
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
