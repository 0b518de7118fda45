import type { Country, Instant } from '../../events/envelope.ts';
import { contextOf } from '../context.ts';
import type { Offices } from '../directory.ts';
import { Refused } from '../errors.ts';
import type { World } from '../handle.ts';
import { byOf, digest } from '../ids.ts';
import type { OfficeState } from '../office/fold.ts';
import { unauthorized } from '../problem.ts';
import type { Context, Worker } from '../referral/command.ts';
import { fold } from '../referral/fold.ts';
import { countsOf } from '../referral/order.ts';
import type { Referral, State } from '../referral/state.ts';
import { verify } from '../tokens.ts';
import type { Bucket } from './documents.ts';
import { pathOf, type Question } from './gate-messages.ts';
import type { Vault } from './opened.ts';

export type Gate = Vault &
  Omit<World, 'directory'> & {
    readonly directory: { offices(): Promise<Offices> };
    readonly documents: Bucket;
    /** The address of a country's API, which its tokens name; none while it was never heard. */
    readonly apiOf: (country: Country) => Promise<string | undefined>;
  };

export type Reader = {
  readonly worker: Worker;
  readonly office: OfficeState;
  readonly at: Instant;
};

/** Who asks, by the token alone: for the very call that may ask this, and for its very bytes. */
export const readerOf = async (gate: Gate, question: Question): Promise<Reader> => {
  const { from: country, token, body } = question;
  const at = gate.now();
  const api = await gate.apiOf(country);
  if (api === undefined)
    throw new Refused('not-yet-here', 503, 'The other country was never heard: try again later');
  const offices = await gate.directory.offices();
  const call = { api, country, method: 'POST', path: pathOf(question), at };
  const identity = await verify(token, offices, call);
  if ('refused' in identity) throw unauthorized(identity.refused);
  if (identity.sha256 !== digest(body)) throw unauthorized('token-wrong-body');
  const office = offices[identity.office];
  if (!office) throw unauthorized('token-unknown-office');
  const by = byOf(office.office, identity.sub);
  return { worker: { office: office.office, role: identity.role, by }, office, at };
};

/** The log, once it holds what the reader knows: else a withdrawal that it heard could be missed here. */
export const logOf = async (gate: Gate, { ref, known }: Question) => {
  const log = await gate.ledger.load(ref);
  const facts = log.map(({ fact }) => fact);
  const counts = countsOf(facts);
  if (counts.kr < known.kr || counts.vn < known.vn)
    throw new Refused('not-yet-here', 503, 'The other country has not heard all of it: try again');
  return { log, facts, state: fold(facts), context: await contextOf(gate, log) };
};

/** Who may enter, by facts and time alone. */
export type May<A> = (state: State, worker: Worker, context: Context) => A | Refused;

/** What this worker's office may read now; throws why it may not. */
export const judged = <A>(
  may: May<A>,
  state: State,
  worker: Worker,
  context: Context,
): { access: A; referral: Referral } => {
  const access = may(state, worker, context);
  if (access instanceof Refused) throw access;
  if (!state.referral) throw new Refused('not-found', 404, 'No such referral for this office');
  return { access, referral: state.referral };
};
