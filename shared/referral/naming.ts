import type { Office } from '../../events/envelope.ts';
import type { NamedRow } from '../../events/named.ts';
import { invalid, Refused } from '../errors.ts';
import { isAuthority } from './authority.ts';
import type { Context, Draft } from './command.ts';
import { unsettled } from './consent.ts';
import { isNamed } from './naming-steps.ts';
import { countryOf } from './order.ts';
import { openOverrides } from './override.ts';
import type { Referral, State } from './state.ts';

/** The network desk names an office that takes a step which nobody in the referral can take. */
export type Naming = { readonly row: NamedRow; readonly office: Office };

/** A fact of the operator, or nothing when that office was named before. */
export const nameDraft = (state: State, naming: Naming, context: Context): Draft | undefined => {
  const { referral } = state;
  if (!referral) throw new Refused('not-found', 404, 'No such referral in this country');
  const { row, office } = naming;
  const told = [...new Set([referral.sender, office])];
  if (isDone(referral, naming)) return undefined;
  checkNamed(office, context);
  const why = reasonAgainst(referral, naming, context);
  if (why) throw new Refused('not-allowed-now', 409, why, { field: '/row' });
  return { type: 'office.named.v1', reach: referral.reach, data: { offices: told, row, office } };
};

const isDone = (referral: Referral, { row, office }: Naming): boolean =>
  row === 'sender' ? referral.sender === office : isNamed(referral, row, office);

const checkNamed = (office: Office, { country, offices }: Context) => {
  const authority = isAuthority(offices, office);
  if (countryOf(office) !== country || !offices[office]?.active || authority)
    throw invalid('/office', 'Name an active office of this country, of no such authority');
};

const reasonAgainst = (
  referral: Referral,
  { row, office }: Naming,
  { country, offices }: Context,
): string | undefined => {
  const { origin, sender, helplines } = referral;
  if (row === '28') return needsSecond(referral, country) ? undefined : 'No override waits for it';
  if (country !== origin) return 'Only the desk of the origin names an office for this';
  const wrote = (one: Office) =>
    unsettled(referral).some((withdrawal) => withdrawal.office === one);
  if (row === 'sender') {
    // As for `take-over`: nobody else would be told to ask her about it.
    if (wrote(office)) return 'A withdrawal that this office wrote down waits to be settled';
    return offices[sender]?.active === false ? undefined : 'The sender is not suspended';
  }
  const own = wrote(sender);
  const helped = helplines.some(
    (one) => one !== sender && countryOf(one) === origin && offices[one]?.active,
  );
  return own && !helped ? undefined : 'The sender, or a helpline of the origin, can settle it';
};

/** A proposal of this country that the sender cannot approve: it is abroad, or made it itself. */
const needsSecond = (referral: Referral, country: Referral['origin']): boolean =>
  openOverrides(referral, country).some(
    ({ office }) => countryOf(referral.sender) !== country || office === referral.sender,
  );
