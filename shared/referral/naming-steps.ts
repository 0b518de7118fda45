import { countryOf, momentOf } from './order.ts';
import type { Referral } from './state.ts';
import type { Of } from './steps.ts';

/** By a country's operator, an office of that country; a withdrawal and the sender are the origin's alone. */
export const named = (referral: Referral, fact: Of<'office.named.v1'>): Referral | undefined => {
  const { row, office } = fact.data;
  const { country, actor } = fact;
  const { origin, sender, senders } = referral;
  const own = actor === `${country}:operator` && countryOf(office) === country;
  if (!own || (row !== '28' && country !== origin)) return undefined;
  if (row === 'sender')
    return office === sender
      ? undefined
      : { ...referral, sender: office, senders: [...senders, { office, since: momentOf(fact) }] };
  return { ...referral, named: [...referral.named, { row, office }] };
};

/** Whether the network desk named this office for that step. */
export const isNamed = ({ named: all }: Referral, row: '23' | '28', office: string): boolean =>
  all.some((one) => one.row === row && one.office === (office as string));
