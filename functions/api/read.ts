import { Ref } from '../../events/envelope.ts';
import { api, type Call } from '../../shared/api.ts';
import { contextOf } from '../../shared/context.ts';
import { Refused } from '../../shared/errors.ts';
import { etagOf, presented } from '../../shared/handle.ts';
import { peerStatus } from '../../shared/heartbeat.ts';
import { historyFor } from '../../shared/history.ts';
import { filterOf, isOverdue } from '../../shared/list-filter.ts';
import { log } from '../../shared/log.ts';
import { onlyKnown, pageOf } from '../../shared/page.ts';
import type { Answer } from '../../shared/problem.ts';
import { fold } from '../../shared/referral/fold.ts';
import type { List } from '../../shared/views.ts';
import { beats, now, views, world } from '../../shared/world.ts';

/** Everything that only reads; also answers what no route knows. */
export const handler = api(async (call): Promise<Answer> => {
  switch (call.route) {
    case 'GET /v1/referrals/{ref}':
      return referral(call);
    case 'GET /v1/referrals/{ref}/facts':
      return facts(call);
    case 'GET /v1/inbox':
      return list(call, 'inbox');
    case 'GET /v1/sent':
      return list(call, 'sent');
    default:
      throw new Refused('not-found', 404, 'No such address: see the README for what there is');
  }
});

/** The log of a referral, only for an office that is a party: someone else's is 404, as if it never was. */
const loaded = async ({ params, caller }: Call) => {
  const ref = Ref.safeParse(params.ref);
  const log_ = ref.success ? await world().ledger.load(ref.data) : [];
  const known = log_.map(({ fact }) => fact);
  const state = fold(known);
  const body = presented(state, caller, await contextOf(world(), log_));
  if (body) return { known, state, body };
  log.warn('not a party', { office: caller.office, subject: ref.success ? ref.data : undefined });
  throw new Refused('not-found', 404, 'No such referral for this office');
};

const referral = async (call: Call): Promise<Answer> => {
  const { state, body } = await loaded(call);
  return { status: 200, headers: { etag: etagOf(state.counts) }, body };
};

const facts = async (call: Call): Promise<Answer> => {
  const { known } = await loaded(call);
  return { status: 200, body: historyFor(call.caller.office, known, call.query.after) };
};

const list = async ({ caller, query }: Call, which: List): Promise<Answer> => {
  onlyKnown(query, ['limit', 'cursor', 'state', 'urgency', 'overdue']);
  const wanted = { matches: filterOf(query), ...(isOverdue(query) && { overdue: now() }) };
  const page = await views().byDue(which, caller.office, pageOf(query), wanted);
  return { status: 200, body: { ...page, peer: peerStatus(await beats().heard(), now()) } };
};
