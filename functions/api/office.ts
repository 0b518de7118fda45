import type { Actor, Instant, Office } from '../../events/envelope.ts';
import { ownCommandAt, ownCommands } from '../../events/office-commands.ts';
import { api, type Call } from '../../shared/api.ts';
import { invalid, Refused } from '../../shared/errors.ts';
import { etagOf } from '../../shared/handle.ts';
import { inputOf } from '../../shared/input.ts';
import { languageOf } from '../../shared/language.ts';
import { foldOffice } from '../../shared/office/fold.ts';
import { decideOwn, type OwnCommand } from '../../shared/office/own.ts';
import { shownOwn } from '../../shared/office/show.ts';
import type { Answer } from '../../shared/problem.ts';
import { proves } from '../../shared/proof.ts';
import { record } from '../../shared/record.ts';
import { countsOf } from '../../shared/referral/order.ts';
import { country, env, ledger, now } from '../../shared/world.ts';

/** What an office's supervisor changes in its own entry of the directory; any other office is 404. */
export const handler = api(async (call): Promise<Answer> => {
  const command = commandIn(call);
  const at = now();
  await checkProofs(command, call, at);
  const { office, by } = call.caller;
  const { facts } = await record(
    { ledger: ledger(), country: country(), now: () => at },
    office,
    (log) => {
      const known = log.map(({ fact }) => fact);
      const state = foldOffice(known);
      if (!state) throw notFound();
      const wanted = call.headers['if-match'] ?? etagOf(countsOf(known));
      if (wanted !== etagOf(countsOf(known)))
        throw new Refused('changed-meanwhile', 412, 'Read it again');
      const draft = decideOwn(state, command, { at, by });
      return draft && { ...draft, reach: 'both', actor: actorOf(office) };
    },
  );
  const entry = foldOffice(facts);
  if (!entry) throw notFound();
  const language = languageOf(call.headers['accept-language']);
  return {
    status: 200,
    headers: { etag: etagOf(countsOf(facts)), 'content-language': language },
    body: shownOwn(entry, language, at),
  };
});

const notFound = () => new Refused('not-found', 404, 'No such office, or not yours to change');
const actorOf = (office: Office) => office as string as Actor;

const commandIn = ({ caller, route, params, body }: Call): OwnCommand => {
  const name = ownCommandAt(route.replace(/^POST /, ''));
  if (!name || params.office !== caller.office) throw notFound();
  if (caller.role !== 'supervisor')
    throw new Refused('not-yours-to-do', 403, 'Only a supervisor may change the entry');
  return { do: name, input: inputOf(ownCommands[name].input, body) } as OwnCommand;
};

/** Whoever adds a key must hold it: else an office could be made to trust a stranger's. */
const checkProofs = async (command: OwnCommand, { caller, path }: Call, at: Instant) => {
  if (command.do !== 'rotate-keys') return;
  const call = { api: env('API_URL'), office: caller.office, path, at };
  for (const [i, { key, proof }] of (command.input.add ?? []).entries())
    if (!(await proves(proof, key, call)))
      throw invalid(`/add/${i}/proof`, 'Must be a JWT for this very call, signed by the new key');
};
