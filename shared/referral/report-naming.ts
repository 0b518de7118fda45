import type { Country, Instant, Office } from '../../events/envelope.ts';
import { countryOf } from './order.ts';
import type { Referral } from './state.ts';

/** An office as she is told of it: where it is hidden, its country alone. */
export type Named = { readonly country: Country; readonly office?: Office };
export type Naming = (office: Office) => Named;
export type Then = { readonly office: Named; readonly at: Instant };

/** A helpline that never had the case is named nowhere: only she knows whom she called. */
export const namingIn =
  ({ helplines, senders, offers }: Referral, mayName: (office: Office) => boolean): Naming =>
  (office) => {
    const had = [...senders, ...offers].some((one) => one.office === office);
    const isNamed = mayName(office) && (had || !helplines.includes(office));
    return { country: countryOf(office), ...(isNamed && { office }) };
  };

/** What an office did, and when. */
export const told = (
  { time }: { readonly time: Instant },
  office: Office,
  named: Naming,
): Then => ({ office: named(office), at: time });
