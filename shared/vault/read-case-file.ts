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
import { receiptAccessOf } from '../referral/receipt-access.ts';
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
export const readFrom = async (gates: Gates, reading: Asked) => {
  const { call, ref, key, log, context, from } = reading;
  const asked = inputOf(Disclosure, call.body);
  const facts = log.map(({ fact }) => fact);
  const state = fold(facts);
  if (!state.referral) throw new Refused('not-found', 404, 'No such referral for this office');
  const question: Question = {
    ...{ ask: 'case-file' as const, from, ref, key, token: tokenOf(call), body: call.body },
    known: { ...state.counts },
  };
  const { origin } = state.referral;
  const ofFile = asked.check ? checkOf : accessOf;
  const may = asked.receipts ? receiptAccessOf : ofFile;
  const ask = async (country: Country) => {
    const access = may(state, call.caller, { ...context, country });
    if (access instanceof Refused) return access;
    const own = facts.filter((fact) => fact.country === country);
    if (!holds(own, country === origin, asked)) return undefined;
    const answer = await gates[country](question).catch(refusedOnly);
    return answer instanceof Refused ? answer : (refusalIn(answer) ?? answer);
  };
  // The origin first: what one gate records as read must not be thrown away because the other is late.
  const first = await ask(origin);
  if (first instanceof Refused && !isClosed(first) && !asked.receipts) throw first;
  const second = await ask(peerOf(origin));
  // Of receipts each gate holds its own, and who is closed out of one has not heard why: that is no answer that there are none.
  const tells = (refused: Refused) => asked.receipts || !isClosed(refused);
  const parts = [...partOf(origin, first, tells), ...partOf(peerOf(origin), second, tells)];
  const refused = [first, second].find((one) => one instanceof Refused);
  if (refused && parts.every((part) => asked.receipts && 'refused' in part)) throw refused;
  return parts;
};

const refusedOnly = (error: unknown): Refused => {
  if (error instanceof Refused) return error;
  throw error;
};

/** Closed, or no party there: the other gate may be open. */
const isClosed = ({ status }: Refused) => status === 403 || status === 404;

/** Of one gate: what it gave, or why more may be there that is missing now. */
const partOf = (
  country: Country,
  answer: GateAnswer | Refused | undefined,
  tells: (refused: Refused) => boolean | undefined,
) => {
  if (answer === undefined || (answer instanceof Refused && !tells(answer))) return [];
  return [answer instanceof Refused ? { country, refused: answer.code } : { country, ...answer }];
};

/** The origin holds the case file; the other country what its offices wrote; each the laws that its receipts name. */
const holds = (own: readonly Fact[], isOrigin: boolean, { check, receipts }: Disclosure) =>
  receipts
    ? own.some(({ type, data }) => type === 'erasure.confirmed.v1' && data.kept === true)
    : isOrigin || (!check && own.some(({ type }) => noted.includes(type)));

/** The worker's own token, as it came: the gate verifies it again. */
export const tokenOf = ({ headers }: Call): string =>
  (headers.authorization ?? '').replace(/^Bearer /i, '');

/** What a gate refused, as our own refusal. */
export const refusalIn = (answer: GateAnswer): Refused | undefined => {
  if (!('refused' in answer)) return undefined;
  const { code, status, message, more } = answer.refused;
  return new Refused(code, status, message, more);
};
