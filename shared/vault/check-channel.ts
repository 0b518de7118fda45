import type { Country } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import type { Asked } from '../asked.ts';
import { invalid, Refused } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { log as audit } from '../log.ts';
import { fold } from '../referral/fold.ts';
import { type Gates, refusalIn, tokenOf } from './read-case-file.ts';

type With = {
  readonly gates: Gates;
  readonly ledger: Pick<Ledger, 'load'>;
  readonly from: Country;
};

/** Refuses 409 `channel-not-safe` an attempt by a channel that she did not allow, or at another hour; each no is an audit line. */
export const checkChannel = async (
  { gates, ledger, from }: With,
  call: Call,
  { ref, command: { offer }, body }: Asked,
): Promise<void> => {
  if (body.channel === undefined)
    throw invalid('/channel', 'Say by which channel she was to be reached');
  const state = fold((await ledger.load(ref)).map(({ fact }) => fact));
  if (!state.referral || !offer) throw new Refused('not-found', 404, 'No such referral or offer');
  const answer = await gates[state.referral.origin]({
    ...{ ask: 'channel', from, ref, offer },
    ...{ token: tokenOf(call), body: call.body, known: { ...state.counts } },
  });
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  if ('allowed' in answer && answer.allowed) return;
  audit.warn('channel not safe', { subject: ref, office: call.caller.office });
  throw new Refused(
    'channel-not-safe',
    409,
    'She did not allow this channel, or not at this hour: read her safe contact again',
    { field: '/channel' },
  );
};
