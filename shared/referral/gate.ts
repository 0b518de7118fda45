import type { GrantId, LineId } from '../../events/referral.ts';
import { Refused } from '../errors.ts';
import { isAuthority } from './authority.ts';
import type { Context, Worker } from './command.ts';
import { consentStatus, grantsOfStage } from './consent.ts';
import { settleable } from './consenting.ts';
import { mustErase } from './destroying.ts';
import { countryOf } from './order.ts';
import { hasLongKnown } from './present-contact.ts';
import { holdsInForce } from './safety.ts';
import { sightsOf } from './sight.ts';
import type { Referral, State } from './state.ts';
import { inDirectory } from './suspension.ts';

/** What an office may read now of what this country's vault holds; `cutFile` cuts by it. */
export type Access = {
  /** `checker`: the supervisor of row 23 or 35, who reads the safe contact as it was and nothing else. */
  readonly as: 'sender' | 'receiver' | 'checker';
  /** `own`: it wrote it. `consent`: scope by scope. `override`: an override stands for the scopes. */
  readonly by: 'own' | 'consent' | 'override' | 'check';
  /** 1: the summary. */
  readonly stage: 1 | 2;
  /** What covers it: only what the records of all of these allow. */
  readonly grants: readonly GrantId[];
  /** Lines whose category it may read. */
  readonly lines: readonly LineId[];
  /** Of these, the ones that it serves: it may read of the children whom they concern. */
  readonly served: readonly LineId[];
  /** A safety hold is in force: no contact. */
  readonly masked: boolean;
  /** An immigration or police office: her consent must name it as such. */
  readonly authority?: true;
};
type Granted = Omit<Access, 'masked' | 'authority'>;

/** The same for every reason, so that nobody learns that she withdrew, or from whom she hides. */
const closed = () =>
  new Refused('access-closed', 403, 'Your office may not read this case file, or not any more');

type Way = (referral: Referral, caller: Worker, context: Context) => Granted | undefined;

/**
 * What this worker's office may read, by facts and time alone: whoever asks checks the token first, and that no fact is missing
 * here. Total: a refusal is given, not thrown.
 */
export const accessOf = (state: State, caller: Worker, context: Context): Access | Refused =>
  firstOf([asSender, asReceiver, asChecker], state, caller, context);

/** The checker's access alone, which is asked for by name: a sender reads the file besides. */
export const checkOf = (state: State, caller: Worker, context: Context): Access | Refused =>
  firstOf([asChecker, asReporter], state, caller, context);

const firstOf = (
  ways: readonly Way[],
  folded: State,
  caller: Worker,
  context: Context,
): Access | Refused => {
  const access = admitted(folded, caller, context, (referral): Access | undefined => {
    const way = ways.find((one) => one(referral, caller, context));
    const granted = way?.(referral, caller, context);
    if (!granted) return undefined;
    const masked = holdsInForce(referral).length > 0;
    const authority = isAuthority(context.offices, caller.office);
    return { ...granted, masked, ...(authority && { authority }) };
  });
  const { referral } = folded;
  return !(access instanceof Refused) && referral && mustErase(referral) ? closed() : access;
};

/** What is granted, to an active office; else why not, the same to all who are known here. */
export const admitted = <T extends object>(
  folded: State,
  caller: Worker,
  { offices }: Context,
  grant: (referral: Referral) => T | undefined,
): T | Refused => {
  const { referral, unknown } = inDirectory(folded, offices);
  const granted = referral && grant(referral);
  if (!referral || !(granted || isKnown(referral, caller)))
    return new Refused('not-found', 404, 'No such referral for this office');
  if (unknown.length > 0)
    return new Refused(
      'newer-fact-here',
      409,
      'A fact of a newer type is here: wait for the update',
    );
  return granted && offices[caller.office]?.active ? granted : closed();
};

/** The sender, an office that was ever asked, or one that settles a withdrawal; a sender of old is none. */
const isKnown = (referral: Referral, caller: Worker): boolean =>
  caller.office === referral.sender ||
  referral.offers.some(({ office }) => office === caller.office) ||
  settleable(referral, caller).length > 0;

/**
 * Whoever wrote the file reads it until it is erased, unless she withdrew everything. Who took over reads by her consent, and
 * what the other country holds every sender: `grants` is empty where none lets it cross.
 */
const asSender: Way = (referral, { office }, { country, at }) => {
  const { sender, senders, origin, lines: needs } = referral;
  if (office !== sender || consentStatus(referral) === 'withdrawn') return undefined;
  const grantsIn = (from: typeof country) =>
    grantsOfStage(referral, { office, made: { country: from } }, 2, at).map(({ id }) => id);
  const wrote = senders[0]?.office === office;
  if (!wrote && grantsIn(origin).length === 0) return undefined;
  const lines = needs.map(({ id }) => id);
  const whole = { as: 'sender', stage: 2, lines, served: lines } as const;
  if (wrote && country === countryOf(office)) return { ...whole, by: 'own', grants: [] };
  return { ...whole, by: 'consent', grants: grantsIn(country) };
};

const asReceiver: Way = (referral, { office }, context) => {
  const sights = sightsOf(referral, office, context);
  const serving = sights.filter(({ served }) => served.length > 0);
  const counting = serving.length > 0 ? serving : sights;
  const by = counting.some((sight) => sight.by === 'consent') ? 'consent' : 'override';
  const chosen = counting.filter((sight) => sight.by === by);
  if (chosen.length === 0) return undefined;
  const all = <T>(of: readonly T[]) => [...new Set(of)];
  return {
    as: 'receiver',
    by,
    stage: serving.length > 0 ? 2 : 1,
    grants: all(chosen.flatMap(({ grants }) => grants)),
    lines: all(sights.flatMap(({ lines }) => lines)),
    served: all(chosen.flatMap(({ served }) => served)),
  };
};

/** To ask her whether it is her wish, at the origin, where withdrawals are settled. */
const asChecker: Way = (referral, caller, { country }) => {
  if (caller.role !== 'supervisor' || country !== referral.origin) return undefined;
  return settleable(referral, caller).length > 0 ? checks : undefined;
};

/** To call her back before her report is given, on a contact that is long known, while she has not withdrawn everything. */
const asReporter: Way = (referral, caller, { country, at }) => {
  const isHere = country === referral.origin && hasLongKnown(referral, at);
  if (!isHere || !givesReport(referral, caller)) return undefined;
  return consentStatus(referral) === 'withdrawn' ? undefined : checks;
};

/** Who may give her her report now, as the rule of `give-report` says. */
export const givesReport = (referral: Referral, { office, role }: Worker): boolean =>
  role === 'supervisor' &&
  [referral.sender, ...referral.helplines].includes(office) &&
  holdsInForce(referral).length === 0;

const checks: Granted = {
  ...{ as: 'checker', by: 'check', stage: 2, grants: [], lines: [], served: [] },
};
