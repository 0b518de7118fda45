import type { Country, Ref } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import { Refused } from '../errors.ts';
import { inputOf } from '../input.ts';
import type { Recorded } from '../ledger.ts';
import type { Context } from '../referral/command.ts';
import { fold } from '../referral/fold.ts';
import { accessOf, checkOf } from '../referral/gate.ts';
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

/** What the country that holds the case file gives; what our own ledger knows to be closed is not even asked for. */
export const readFrom = async (gates: Gates, asked: Asked) => {
  const { call, ref, key, log, context, from } = asked;
  const { check = false } = inputOf(Disclosure, call.body);
  const state = fold(log.map(({ fact }) => fact));
  if (!state.referral) throw new Refused('not-found', 404, 'No such referral for this office');
  const { origin } = state.referral;
  const access = (check ? checkOf : accessOf)(state, call.caller, { ...context, country: origin });
  if (access instanceof Refused) throw access;
  const token = (call.headers.authorization ?? '').replace(/^Bearer /i, '');
  const answer = await gates[origin]({
    ...{ from, ref, token, key, path: call.path, body: call.body },
    known: { ...state.counts },
  });
  if ('refused' in answer) {
    const { code, status, message, more } = answer.refused;
    throw new Refused(code, status, message, more);
  }
  return [{ country: origin, ...answer }];
};
