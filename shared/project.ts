import type { Country, Instant, Office } from '../events/envelope.ts';
import type { Directory } from './directory.ts';
import type { Ledger } from './ledger.ts';
import { foldOffice } from './office/fold.ts';
import { fold } from './referral/fold.ts';
import { countryOf } from './referral/order.ts';
import type { State } from './referral/state.ts';
import { viewFor } from './referral/view.ts';
import type { Listed, Views } from './views.ts';

type Stores = {
  readonly ledger: Ledger;
  readonly views: Views;
  readonly directory: Directory;
  readonly country: Country;
};

/** Makes what a subject shows anew from its whole log. */
export const project = async ({ ledger, views, directory, country }: Stores, subject: string) => {
  const facts = (await ledger.load(subject)).map(({ fact }) => fact);
  if (!subject.startsWith('ref_')) {
    const office = foldOffice(facts);
    if (office) await directory.put(subject, office);
    return;
  }
  const state = fold(facts);
  for (const listed of listedIn(state, country)) await views.put(listed, facts.length);
};

/** Where a referral stands: the sender's list, and the inbox of each office that ever had an offer, of this country. */
const listedIn = (state: State, country: Country): Listed[] => {
  const { referral } = state;
  if (!referral) return [];
  const first = new Map<Office, Instant>();
  for (const { office, madeAt } of referral.offers)
    if (!first.has(office)) first.set(office, madeAt);
  const asked = [...first].map(([office, since]) => ({ list: 'inbox' as const, office, since }));
  const sent = { list: 'sent' as const, office: referral.sender, since: referral.submittedAt };
  return [sent, ...asked].flatMap((where) => {
    const view = countryOf(where.office) === country && viewFor(where.office, state);
    return view ? [{ ...where, view }] : [];
  });
};
