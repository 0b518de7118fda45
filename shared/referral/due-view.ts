import type { Instant, Office } from '../../events/envelope.ts';
import type { Clock } from './clock.ts';
import { clocksOf } from './clocks.ts';
import type { Context } from './command.ts';
import { feedbackFrom } from './consent.ts';
import { isMarked } from './deadlines.ts';
import { offerIn } from './offers.ts';
import type { Referral } from './state.ts';

/** A clock as an office reads it. `missed`: recorded as such; `provisional`: a day on the way is not confirmed. */
export type Due = {
  readonly clock: Clock['clock'];
  readonly due: Instant;
  readonly missed?: true;
  readonly provisional?: true;
};

/** These would tell a sender more of a service than it may hear. */
const ofService: readonly Clock['clock'][] = ['first-contact', 'feedback', 'hold-review'];

/** What an office owes about no offer, line or hold: nothing else would show what it is. */
export const isBareDebt =
  (office: Office) =>
  ({ owes, offer, line, hold }: Clock): boolean =>
    owes === office && !offer && !line && !hold;

/** What is owed about each offer and line, as far as this office may know, and when the next of its own debts falls due. */
export const duesFor = (office: Office, referral: Referral, context: Context) => {
  const hears = ({ offer }: Clock) => {
    const owner = offerIn(referral, offer)?.owner ?? referral.origin;
    return office !== referral.sender || feedbackFrom(referral, owner) === 'progress';
  };
  const clocks = clocksOf(referral, context)
    .filter((one) => hears(one) || !ofService.includes(one.clock))
    .flatMap(({ due, ...clock }) => (due ? [{ ...clock, due }] : []))
    .toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const shown = ({ clock, due, provisional }: (typeof clocks)[number], missed: boolean): Due => ({
    clock,
    due,
    ...(missed && { missed }),
    ...(provisional && { provisional }),
  });
  const about = (which: (clock: Clock) => boolean) => {
    const due = clocks.filter(which).map((of) => shown(of, isMarked(referral, of, 'missed')));
    return due.length > 0 ? { due } : {};
  };
  const next = clocks.find(({ owes }) => owes === office)?.due;
  return { about, ...(next && { next }) };
};
