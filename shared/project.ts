import type { Country, Fact, Instant, Office } from '../events/envelope.ts';
import { arrivalIn } from './arrival.ts';
import { contextOf } from './context.ts';
import type { Directory } from './directory.ts';
import type { Ledger } from './ledger.ts';
import { foldOffice } from './office/fold.ts';
import type { Context } from './referral/command.ts';
import { debtFor, debtorsOf } from './referral/debt-view.ts';
import { fold } from './referral/fold.ts';
import { countryOf } from './referral/order.ts';
import type { Offer } from './referral/state.ts';
import { viewFor } from './referral/view.ts';
import type { Listed, Views } from './views.ts';

type Stores = {
  readonly ledger: Pick<Ledger, 'load'>;
  readonly views: Pick<Views, 'put'>;
  readonly directory: Directory;
  readonly country: Country;
  readonly now: () => Instant;
};

/** Makes what a subject shows anew from its whole log. */
export const project = async (stores: Stores, subject: string) => {
  const log = await stores.ledger.load(subject);
  const facts = log.map(({ fact }) => fact);
  if (!subject.startsWith('ref_')) {
    const office = foldOffice(facts);
    if (office) await stores.directory.put(subject, office);
    return;
  }
  const context = await contextOf(stores, log);
  for (const listed of listedIn(facts, context))
    await stores.views.put(listed, subject, facts.length);
};

/**
 * Where a referral stands: the sender's list, and the inbox of each office that ever had an offer, or owes something without one,
 * of this country. Where it stands no more an empty row is kept, so that no older view can come back.
 */
export const listedIn = (facts: readonly Fact[], context: Context): Listed[] => {
  const { country } = context;
  const state = fold(facts);
  const { referral } = state;
  if (!referral) return [];
  const first = new Map<Office, Instant>();
  for (const { office, made } of asTheyCame(referral.offers, facts, country))
    if (!first.has(office)) first.set(office, made.at);
  const asked = [...first].map(([office, since]) => ({ list: 'inbox' as const, office, since }));
  const sent = referral.senders.map(({ office, since }, i) => ({
    ...{ list: 'sent' as const, office, since: since.at },
    over: i < referral.senders.length - 1,
  }));
  const rows = [...sent, ...asked.map((one) => ({ ...one, over: false }))].flatMap(
    ({ over, ...where }) => {
      const view = over ? undefined : viewFor(where.office, state, context);
      return view || over ? [{ ...where, ...(view && { view }) }] : [];
    },
  );
  const owing = debtorsOf(referral).flatMap((office) => {
    const where = { list: 'inbox' as const, office, since: referral.submittedAt };
    const view = debtFor(office, state, context);
    return first.get(office) === where.since ? [] : [{ ...where, ...(view && { view }) }];
  });
  return [...rows, ...owing].filter(({ office }) => countryOf(office) === country);
};

/** An office's first offer is the one that came here first: so its row never moves, whatever else arrives later. */
const asTheyCame = (offers: readonly Offer[], facts: readonly Fact[], country: Country) => {
  const arrived = facts.toSorted(arrivalIn(country));
  const placeOf = ({ id }: Offer) =>
    arrived.findIndex((fact) => id.startsWith(`${fact.country}${fact.seq}-`));
  return offers.toSorted((a, b) => placeOf(a) - placeOf(b));
};
