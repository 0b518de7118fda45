import type { Office } from '../../events/envelope.ts';
import { invalid, Refused } from '../errors.ts';
import { checkerOf } from './checking.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Caller, CommandOf, Context, On } from './command.ts';
import { expiredGrants, grantsLeft, isAllWithdrawn, leftWith, unsettled } from './consent.ts';
import { unconfirmed } from './deadlines.ts';
import { mustErase } from './destroying.ts';
import type { Content } from './drafts.ts';
import { referralStatus } from './lines.ts';
import { isNamed } from './naming-steps.ts';
import { countryOf, nextSlot } from './order.ts';
import { readersOf } from './receipts.ts';
import type { Grant, Referral, Withdrawal } from './state.ts';
import { currentGrants, isFor } from './withdrawn.ts';

/** The sender, and of these offices those that were ever asked, or to take over: who may hear of their own grants; and who must ask her. */
const heardBy = (
  { sender, offers, proposed }: Referral,
  grants: readonly Pick<Grant, 'office'>[],
  checkers: readonly (Office | undefined)[] = [],
): Office[] => {
  const concerned = grants.map(({ office }) => office);
  const asked = [...offers.map(({ office }) => office), ...(proposed ? [proposed] : [])];
  const told = asked.filter((office) => concerned.includes(office));
  return [...new Set([sender, ...told, ...checkers.flatMap((office) => office ?? [])])];
};

/**
 * New grants, each for an office and a direction once; none that a withdrawal closed and nobody has settled, and none at all
 * while one of everything waits: whoever it shuts out must not open the file again by itself.
 */
export const recordDraft = (
  { input, caller }: CommandOf<'record-consent'>,
  on: On,
  context: Context,
): Content => {
  const { referral } = on;
  if (referralStatus(referral) !== 'active')
    throw new Refused('not-allowed-now', 409, 'The referral is over');
  const slot = nextSlot(on.counts, context.country);
  checkGrants(input.grants, context.at);
  if (isAllWithdrawn(referral))
    throw waits('/grants', 'Her withdrawal of everything must be confirmed or refuted first');
  for (const [i, grant] of input.grants.entries())
    checkGrant(grant, `/grants/${i}`, referral, caller);
  const grants = input.grants.map((grant, i) => ({
    grant: `${slot}-${i + 1}`,
    onward: [],
    ...grant,
  }));
  const { noticeVersion, noticeHash, keepsScopes } = input;
  const data = { noticeVersion, noticeHash, grants, ...(keepsScopes && { keepsScopes }) };
  return { type: 'consent.recorded.v1', data, offices: heardBy(referral, input.grants) };
};

type Asked = CommandOf<'record-consent'>['input']['grants'][number];

const waits = (field: string, message: string) =>
  new Refused('not-allowed-now', 409, message, { field });

/** Refuses an expiry that is over or too far, and an office that is named twice in one direction. */
export const checkGrants = (grants: readonly Asked[], at: string, field = '/grants') => {
  for (const [i, { expires }] of grants.entries())
    if (expires <= at) throw invalid(`${field}/${i}/expires`, 'Must be in the future');
  const ways = grants.map(({ office, direction }) => `${office} ${direction}`);
  if (new Set(ways).size !== ways.length)
    throw invalid(field, 'Name each office and direction once');
  const late = grants.findIndex(({ expires }) => expires > inTwelveMonths(at));
  if (late >= 0) throw invalid(`${field}/${late}/expires`, 'Must be within 12 months');
};

/** `facts.md` §3: how long a consent may hold at most. */
const inTwelveMonths = (at: string): string => {
  const day = new Date(at);
  day.setUTCFullYear(day.getUTCFullYear() + 1);
  return day.toISOString();
};

const checkGrant = (grant: Asked, field: string, referral: Referral, caller: Caller) => {
  if (unsettled(referral).some(({ closes }) => closes.some((way) => isFor(way, grant))))
    throw waits(field, 'Her withdrawal must be confirmed or refuted first');
  const country = countryOf(grant.office);
  if (!grant.direction.endsWith(country))
    throw invalid(`${field}/direction`, `Must end in the office's country, "${country}"`);
  if ('system' in caller || caller.office === referral.sender) return;
  // Two that did not know of each other must both allow it, as long as they stand: neither is undone by a record of its own.
  const before = currentGrants(referral).filter((one) => isFor(one, grant));
  const adds = ({ stages, onward }: Grant) =>
    grant.stages.some((stage) => !stages.includes(stage)) ||
    (grant.onward ?? []).some((office) => !onward.includes(office));
  const wider = before.length === 0 || grant.office !== caller.office || before.some(adds);
  if (wider) throw invalid(field, 'An office may narrow or renew what it had, and add nothing');
};

/** Closes named grants, or all that she has not withdrawn: what lapsed closes nothing for good by itself. */
export const withdrawDraft = (
  { input, caller }: CommandOf<'withdraw-consent'>,
  on: On,
  context: Context,
): Content => {
  const { codes, at } = context;
  codeIn(reasonsOf(codes, 'identification'), input.identification, '/identification', at);
  if (mustErase(on.referral))
    throw new Refused('not-allowed-now', 409, 'What was known of her is destroyed');
  const left = grantsLeft(on.referral);
  const named = input.grants ?? left.map(({ id }) => id);
  const closed = left.filter(({ id }) => named.includes(id));
  if (closed.length === 0)
    throw new Refused('not-allowed-now', 409, 'No consent is left to withdraw');
  if (closed.length !== new Set(named).size)
    throw invalid('/grants', `Must be among: ${left.map(({ id }) => id).join(', ')}`);
  const checker = 'office' in caller ? checkerOf(on.referral, caller) : undefined;
  const data = {
    withdrawal: `${nextSlot(on.counts, context.country)}-1`,
    grants: closed.map(({ id }) => id),
    ...(!checker && { unchecked: true }),
  };
  return { type: 'consent.withdrawn.v1', data, offices: heardBy(on.referral, closed, [checker]) };
};

/** Those that this desk may settle, in the origin alone: never its own; a helpline those that the sender wrote down. */
export const settleable = (referral: Referral, caller: Caller): Withdrawal[] => {
  if ('system' in caller) return []; // by the clock: `unconfirmed`
  const { office } = caller;
  if (countryOf(office) !== referral.origin) return [];
  const others = unsettled(referral).filter((w) => w.office !== office);
  if (office === referral.sender) return others;
  const isDesk = isNamed(referral, '23', office) || referral.helplines.includes(office);
  return isDesk ? others.filter((w) => w.office === referral.sender) : [];
};

export const settleDraft = (
  { do: how, caller }: CommandOf<'confirm-withdrawal' | 'refute-withdrawal'>,
  { referral }: On,
  context: Context,
): Content => {
  const named = 'system' in caller ? unconfirmed(referral, context) : settleable(referral, caller);
  if (named.length === 0)
    throw new Refused('not-allowed-now', 409, 'No withdrawal waits for this office');
  const withdrawals = named.map(({ id }) => id);
  const offices = heardBy(
    referral,
    named.flatMap(({ closes }) => closes),
    named.map((one) => checkerOf(referral, one)),
  );
  if (how === 'refute-withdrawal')
    return { type: 'consent.withdrawal-refuted.v1', data: { withdrawals }, offices };
  const data = { withdrawals, destroyed: leftWith(referral, withdrawals, context.at).length === 0 };
  // Who has read by one of these grants must destroy its copy, also who was the sender before.
  const closed = named.flatMap(({ closes }) => closes.map(({ office }) => office));
  const readers = readersOf(referral).filter((office) => closed.includes(office));
  const told = [...new Set([...offices, ...readers])];
  return { type: 'consent.withdrawal-confirmed.v1', data, offices: told };
};

export const lapseDraft = (referral: Referral, { at }: Context): Content => {
  const expired = expiredGrants(referral, at);
  if (expired.length === 0) throw new Refused('not-allowed-now', 409, 'No grant has expired');
  const data = { grants: expired.map(({ id }) => id) };
  return { type: 'consent.lapsed.v1', data, offices: heardBy(referral, expired) };
};
