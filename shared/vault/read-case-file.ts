import type { Country, Fact, Ref } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import { Refused } from '../errors.ts';
import { inputOf } from '../input.ts';
import type { Recorded } from '../ledger.ts';
import type { Context } from '../referral/command.ts';
import { fold } from '../referral/fold.ts';
import { accessOf, checkOf } from '../referral/gate.ts';
import { noted } from '../referral/notes.ts';
import { peerOf } from '../referral/order.ts';
import type { Referral } from '../referral/state.ts';
import { Disclosure, type GateAnswer, type Question } from './gate-messages.ts';

/** The gate of each country. Throws when it does not answer. */
export type Gates = Readonly<Record<Country, (question: Question) => Promise<GateAnswer>>>;

type Asked = {
  readonly call: Call;
  readonly ref: Ref;
  readonly key: string;
  readonly log: readonly Recorded[];
  readonly context: Context;
  readonly from: Country;
};

/** What the gates give that hold anything for this office; what our own ledger knows to be closed is not even asked for. */
export const readFrom = async (gates: Gates, asked: Asked) => {
  const { call, ref, key, log, context, from } = asked;
  const { check = false } = inputOf(Disclosure, call.body);
  const facts = log.map(({ fact }) => fact);
  const state = fold(facts);
  if (!state.referral) throw new Refused('not-found', 404, 'No such referral for this office');
  const question: Question = {
    ...{ ask: 'case-file' as const, from, ref, key, token: tokenOf(call), body: call.body },
    known: { ...state.counts },
  };
  const ask = async (country: Country) => {
    const access = (check ? checkOf : accessOf)(state, call.caller, { ...context, country });
    if (access instanceof Refused) return access;
    const answer = await gates[country](question).catch(refusedOnly);
    return answer instanceof Refused ? answer : (refusalIn(answer) ?? answer);
  };
  // The origin first: what one gate records as read must not be thrown away because the other is late.
  const { origin } = state.referral;
  const first = await ask(origin);
  if (first instanceof Refused && !isClosed(first)) throw first;
  const second = asksPeer(state.referral, facts, check) ? await ask(peerOf(origin)) : undefined;
  const parts = [
    ...(first instanceof Refused ? [] : [{ country: origin, ...first }]),
    ...partOf(peerOf(origin), second),
  ];
  if (first instanceof Refused && parts.length === 0) throw first;
  return parts;
};

const refusedOnly = (error: unknown): Refused => {
  if (error instanceof Refused) return error;
  throw error;
};

/** Closed, or no party there: the other gate may be open. */
const isClosed = ({ status }: Refused) => status === 403 || status === 404;

/** Of the other gate: what it gave, or why more may be there that is missing now. */
const partOf = (country: Country, answer: GateAnswer | Refused | undefined) => {
  if (answer === undefined || (answer instanceof Refused && isClosed(answer))) return [];
  return [answer instanceof Refused ? { country, refused: answer.code } : { country, ...answer }];
};

/** The origin holds the case file; the other country what its offices wrote. */
const asksPeer = ({ origin }: Referral, facts: readonly Fact[], check: boolean): boolean =>
  !check && facts.some(({ country, type }) => country !== origin && noted.includes(type));

/** The worker's own token, as it came: the gate verifies it again. */
export const tokenOf = ({ headers }: Call): string =>
  (headers.authorization ?? '').replace(/^Bearer /i, '');

/** What a gate refused, as our own refusal. */
export const refusalIn = (answer: GateAnswer): Refused | undefined => {
  if (!('refused' in answer)) return undefined;
  const { code, status, message, more } = answer.refused;
  return new Refused(code, status, message, more);
};
