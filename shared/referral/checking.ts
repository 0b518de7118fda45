import type { Office } from '../../events/envelope.ts';
import { unsettled } from './consent.ts';
import { countryOf } from './order.ts';
import { roundBy } from './since.ts';
import type { Referral, Withdrawal } from './state.ts';

type WrittenBy = Pick<Withdrawal, 'office'>;

/**
 * Who must ask her whether a withdrawal is her wish: the sender; where the sender wrote it down, a helpline of the origin, else
 * the office that the desk named. Nothing: nobody can.
 */
export const checkerOf = (
  { origin, sender, helplines, named }: Referral,
  { office }: WrittenBy,
): Office | undefined => {
  if (office !== sender) return sender;
  const helpline = helplines.find((one) => one !== sender && countryOf(one) === origin);
  return helpline ?? named.findLast((one) => one.row === '23' && one.office !== sender)?.office;
};

/** Those that this office must ask her about. */
const asChecker = (referral: Referral, office: Office, among: readonly Withdrawal[]) =>
  among.filter((one) => checkerOf(referral, one) === office);

/** Of these withdrawals, those that this office must ask her about, or had to. */
export const checkedBy = (
  referral: Referral,
  office: Office,
  ids: readonly string[],
): readonly string[] =>
  asChecker(referral, office, referral.consent.withdrawals)
    .map(({ id }) => id as string)
    .filter((id) => ids.includes(id));

type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** Whether a fact says that a check waits for this office, or that what it had to check is settled: then it hears no more. */
export const isAboutCheck = (referral: Referral, office: Office, { type, data }: Told): boolean => {
  const waiting = asChecker(referral, office, unsettled(referral));
  switch (type) {
    case 'consent.withdrawn.v1':
      return waiting.some(({ id }) => id === data.withdrawal);
    case 'consent.withdrawal-confirmed.v1':
    case 'consent.withdrawal-refuted.v1':
      return checkedBy(referral, office, data.withdrawals as string[]).length > 0;
    case 'deadline.reminded.v1':
    case 'deadline.missed.v1':
      return (
        data.clock === 'withdrawal-confirm' &&
        waiting.some(({ at }) => roundBy(referral, at) === data.round)
      );
    default:
      return false;
  }
};
