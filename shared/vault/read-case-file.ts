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
  const token = (call.headers.authorization ?? '').replace(/^Bearer /i, '');
  const question: Question = {
    ...{ from, ref, token, key, path: call.path, body: call.body },
    known: { ...state.counts },
  };
  const answers = await Promise.all(
    holdersOf(state.referral, facts, check).map(async (country) => {
      const access = (check ? checkOf : accessOf)(state, call.caller, { ...context, country });
      const answer = access instanceof Refused ? access : await gates[country](question);
      return { country, answer: 'refused' in answer ? refusalOf(answer) : answer };
    }),
  );
  const given = answers.flatMap(({ country, answer }) =>
    answer instanceof Refused ? [] : [{ country, ...answer }],
  );
  // One gate may be closed where the other is not; what is only late must not look like all there is.
  const refusals = answers.flatMap(({ answer }) => (answer instanceof Refused ? [answer] : []));
  const late = refusals.find(({ status }) => status === 503);
  const refusal = late ?? (given.length === 0 ? refusals[0] : undefined);
  if (refusal) throw refusal;
  return given;
};

/** The origin holds the case file; the other country what its offices wrote. */
const holdersOf = ({ origin }: Referral, facts: readonly Fact[], check: boolean): Country[] => {
  const peer = peerOf(origin);
  const wrote = facts.some(({ country, type }) => country === peer && noted.includes(type));
  return wrote && !check ? [origin, peer] : [origin];
};

const refusalOf = ({ refused }: Extract<GateAnswer, { refused: object }>) =>
  new Refused(refused.code, refused.status, refused.message, refused.more);
