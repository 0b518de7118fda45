import { isDeepStrictEqual } from 'node:util';
import type { Country, Fact, Instant } from '../../events/envelope.ts';
import { contextOf } from '../context.ts';
import type { Offices } from '../directory.ts';
import { Refused } from '../errors.ts';
import type { World } from '../handle.ts';
import { byOf, digest, markOf } from '../ids.ts';
import { inputOf } from '../input.ts';
import type { Recorded } from '../ledger.ts';
import { unauthorized } from '../problem.ts';
import { type Drafted, record } from '../record.ts';
import type { Context, Worker } from '../referral/command.ts';
import { cutFile } from '../referral/cut-file.ts';
import { fold } from '../referral/fold.ts';
import { type Access, accessOf, checkOf } from '../referral/gate.ts';
import { mayRead, type Note } from '../referral/notes.ts';
import { countsOf } from '../referral/order.ts';
import type { Referral, State } from '../referral/state.ts';
import { verify } from '../tokens.ts';
import { Disclosure, type GateAnswer, type Question } from './gate-messages.ts';
import { encryptedFor } from './jwe.ts';
import { filePartsOf, notesOf, scopesOf, type Vault, vaultOf } from './opened.ts';

export type Gate = Vault &
  Omit<World, 'directory'> & {
    readonly directory: { offices(): Promise<Offices> };
    /** The address of a country's API, which its tokens name; none while it was never heard. */
    readonly apiOf: (country: Country) => Promise<string | undefined>;
  };

/**
 * What this office may read now of what this country holds. Verifies the worker's own token again, folds, checks, opens, cuts, writes
 * `case-file.disclosed.v1`, and only then answers. Refused is given, not thrown: the caller is another function.
 */
export const disclose = async (gate: Gate, question: Question): Promise<GateAnswer> => {
  try {
    return await disclosed(gate, question);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, status, message, more } = error;
    return { refused: { code, status, message, more: { ...more } } };
  }
};

const disclosed = async (gate: Gate, question: Question): Promise<GateAnswer> => {
  const { ref, path, body, key, known, from } = question;
  const { worker, at } = await workerOf(gate, question);
  const { check = false } = inputOf(Disclosure, body);
  const log = await gate.ledger.load(ref);
  const facts = log.map(({ fact }) => fact);
  const counts = countsOf(facts);
  if (counts.kr < known.kr || counts.vn < known.vn)
    throw new Refused('not-yet-here', 503, 'The other country has not heard all of it: try again');
  const context = await contextOf(gate, log);
  const { access, referral } = judged(fold(facts), worker, context, check);
  const mark = markOf(worker.office, path, key, body);
  const repeat = isRepeat(log, mark, worker, at);

  const vault = await vaultOf(gate, ref);
  const scopes = await scopesOf(vault, access, referral);
  const parts = await filePartsOf(vault, referral);
  const may = (note: Note) => mayRead(referral, worker.office, access, note);
  const notes = await notesOf(vault, facts, may);
  const content = {
    ...cutFile(parts, access, scopes),
    ...(notes.length > 0 && { notes }),
  };
  if (Object.keys(content).length === 0) return { content: {} };
  const entry = (await gate.directory.offices())[worker.office];
  if (!entry) throw unauthorized('token-unknown-office');
  const answer: GateAnswer =
    from === gate.country
      ? { content }
      : { jwe: await encryptedFor(entry, { ref, country: gate.country, content }, at) };

  // Whatever came meanwhile is judged too: nothing is answered that the last fact closed.
  const draft = (then: readonly Recorded[]): Drafted | undefined => {
    const state = fold(then.map(({ fact }) => fact));
    const now = judged(state, worker, { ...context, at: gate.now() }, check);
    if (!isDeepStrictEqual(now.access, access))
      throw new Refused('busy', 503, 'It changed at this moment: try again');
    return repeat && then.length === log.length
      ? undefined
      : factOf(now.referral, access, worker, gate.country);
  };
  await record(gate, ref, draft, mark);
  return answer;
};

/** Who asks, by the token alone: for this very call, and for these very bytes. */
const workerOf = async (gate: Gate, { token, path, body, from }: Question) => {
  const at = gate.now();
  const api = await gate.apiOf(from);
  if (api === undefined)
    throw new Refused('not-yet-here', 503, 'The other country was never heard: try again later');
  const offices = await gate.directory.offices();
  const identity = await verify(token, offices, { api, country: from, method: 'POST', path, at });
  if ('refused' in identity) throw unauthorized(identity.refused);
  if (identity.sha256 !== digest(body)) throw unauthorized('token-wrong-body');
  const office = offices[identity.office]?.office;
  if (!office) throw unauthorized('token-unknown-office');
  const worker: Worker = { office, role: identity.role, by: byOf(office, identity.sub) };
  return { worker, at };
};

const judged = (
  state: State,
  worker: Worker,
  context: Context,
  check: boolean,
): { access: Access; referral: Referral } => {
  const access = (check ? checkOf : accessOf)(state, worker, context);
  if (access instanceof Refused) throw access;
  if (!state.referral) throw new Refused('not-found', 404, 'No such referral for this office');
  return { access, referral: state.referral };
};

const factOf = (
  { sender, reach }: Referral,
  { stage, grants }: Access,
  { office, by }: Worker,
  country: Country,
): Drafted => ({
  type: 'case-file.disclosed.v1',
  reach,
  actor: `${country}:gate` as Fact['actor'],
  data: { offices: [...new Set([sender, office])], by, office, stage, grants },
});

const FIVE_MINUTES = 300_000;

/** The same disclosure again: by the same person, within five minutes, while no fact came after it. */
const isRepeat = (
  log: readonly Recorded[],
  { call, body }: { call: string; body: string },
  { by }: Worker,
  at: Instant,
): boolean => {
  const before = log.find(({ mark }) => mark?.call === call);
  if (!before) return false;
  const { fact, mark } = before;
  const last = log.every((one) => one === before || !cameAfter(one.fact, fact));
  const soon = Date.parse(at) - Date.parse(fact.time) <= FIVE_MINUTES;
  if (mark?.body === body && fact.data.by === by && last && soon) return true;
  throw new Refused('key-reused', 422, 'This Idempotency-Key was used: take a new one', {
    field: 'Idempotency-Key',
  });
};

const cameAfter = (one: Fact, fact: Fact): boolean =>
  one.country === fact.country ? one.seq > fact.seq : one.seq > fact.seen;
