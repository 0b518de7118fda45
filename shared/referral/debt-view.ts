import type { Country, Instant, Office, Ref } from '../../events/envelope.ts';
import type { Context } from './command.ts';
import { type Due, duesFor, isBareDebt } from './due-view.ts';
import type { Referral, State } from './state.ts';
import { inDirectory } from './suspension.ts';

/** What an office owes of a referral that it neither sends nor was asked about, and nothing else of it. */
export type Debt = {
  readonly ref: Ref;
  readonly origin: Country;
  /** The first of `owes`. */
  readonly due: Instant;
  readonly owes: readonly Due[];
};

/** A receipt for what it read once, or to ask her whether a withdrawal is her wish; nothing for whom `viewFor` shows it to. */
export const debtFor = (office: Office, folded: State, context: Context): Debt | undefined => {
  const { referral } = inDirectory(folded, context.offices);
  if (!referral || isListed(referral, office)) return undefined;
  const { about, next } = duesFor(office, referral, context);
  const { due: owes } = about(isBareDebt(office));
  if (!next || !owes) return undefined;
  return { ref: referral.ref, origin: referral.origin, due: next, owes };
};

const isListed = ({ sender, offers }: Referral, office: Office) =>
  office === sender || offers.some((offer) => offer.office === office);

/** Who may come to owe so: helplines, senders of old, and whom the desk named; nobody before she withdrew, or anybody read. */
export const debtorsOf = ({ helplines, senders, named, consent, content }: Referral): Office[] => {
  if (consent.withdrawals.length === 0 && content.reads.length === 0) return [];
  const all = [
    ...helplines,
    ...senders.map((one) => one.office),
    ...named.map((one) => one.office),
  ];
  return [...new Set(all)];
};
