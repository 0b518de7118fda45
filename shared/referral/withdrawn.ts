import { hadSeen } from './order.ts';
import type { Grant, Referral, Withdrawal } from './state.ts';

export type Way = Pick<Grant, 'office' | 'direction'>;
export const isFor = (a: Way, b: Way) => a.office === b.office && a.direction === b.direction;

/** Whether she withdrew it: until that is refuted, or renewed by a record that had seen it. */
export const isWithdrawn = (grant: Grant, withdrawals: readonly Withdrawal[]): boolean =>
  withdrawals.some(
    ({ at, closes, settled }) =>
      settled !== 'refuted' &&
      !hadSeen(grant.recorded, at) &&
      closes.some((way) => isFor(way, grant)),
  );

/** Those that no later one of the same office and direction has replaced. */
const newest = (grants: readonly Grant[]): Grant[] =>
  grants.filter(
    (grant) => !grants.some((g) => isFor(g, grant) && hadSeen(g.recorded, grant.recorded)),
  );

/**
 * Those that count. Who wrote one down though it had seen that she withdrew everything, and that nobody has settled it,
 * undoes nothing: it does not count before that is settled.
 */
const counting = ({ consent: { grants, withdrawals } }: Referral): readonly Grant[] => {
  if (withdrawals.every(({ settled }) => settled)) return grants;
  const found: Grant[] = [];
  for (const grant of grants) {
    const seen = withdrawals.filter(({ at }) => hadSeen(grant.recorded, at));
    const waits = seen.some(({ settled }) => !settled);
    const before = found.filter(({ recorded }) => hadSeen(grant.recorded, recorded));
    if (!(waits && newest(before).every((one) => isWithdrawn(one, seen)))) found.push(grant);
  }
  return found;
};

/** Grants that count, and that no later record of the same office and direction has replaced. */
export const currentGrants = (referral: Referral): Grant[] => newest(counting(referral));
