import type { Actor, Fact, Office } from '../../events/envelope.ts';
import type { Feedback } from '../../events/referral.ts';
import { isOpen, isServing, isShut } from './derive.ts';
import { fold } from './fold.ts';
import { countryOf, seenBy } from './order.ts';
import type { Referral, State } from './state.ts';

/** A fact as one office may read it, or nothing. Over the fold of what the fact had seen, so it never changes. */
export const factFor = (office: Office, facts: readonly Fact[], fact: Fact): Fact | undefined => {
  const { referral } = fold([...seenBy(fact, facts), fact]);
  if (!referral || !concerns(referral, office, fact)) return undefined;
  const own = (o: Office) => o === office || o === referral.sender || office === referral.sender;
  const { by, offices, ...data } = fact.data as Fact['data'] & { by?: string };
  const cut = office === referral.sender ? data : cutFor(office, { ...fact, data });
  return {
    ...fact,
    actor: hidden(fact.actor, own),
    data: {
      offices: offices.filter(own),
      ...(by !== undefined && fact.actor === (office as string) && { by }),
      ...cut,
    },
  };
};

/** A third office is its country. */
const hidden = (actor: Actor, own: (office: Office) => boolean): Actor => {
  const known = actor.includes(':') || own(actor as string as Office);
  return known ? actor : (countryOf(actor) as string as Actor);
};

type Data = Record<string, unknown>;

/** By allow-list: own offers, own lines, own grant. No list for re-offers, no helpline, no reason behind a request. */
const cutFor = (office: Office, fact: { type: string; data: Data }): Data => {
  const { data, type } = fact;
  const pick = (...names: string[]) =>
    Object.fromEntries(names.filter((n) => n in data).map((n) => [n, data[n]]));
  if (type !== 'referral.submitted.v1') return pick(...(receiverSees[type] ?? []));
  const offers = (data.offers as { office: Office; lines: string[] }[]).filter(
    (o) => o.office === office,
  );
  const consent = data.consent as Data & { grants: { office: Office }[] };
  return {
    ...pick('urgency', 'handOver'),
    lines: offers.flatMap(({ lines }) => lines.map((line) => ({ line, offices: [office] }))),
    offers,
    consent: { ...consent, grants: consent.grants.filter((grant) => grant.office === office) },
    helplines: [],
  };
};

const receiverSees: Readonly<Record<string, readonly string[]>> = {
  'offer.acknowledged.v1': ['offer'],
  'offer.accepted.v1': ['offer', 'lines', 'left'],
  'offer.declined.v1': ['offer', 'reason', 'next'],
  'offer.made.v1': ['offer', 'office', 'lines'],
  'offer.withdrawal-requested.v1': ['offer', 'lines'],
  'offer.cancelled.v1': ['offer', 'lines', 'cause'],
  'service.started.v1': ['offer'],
  'service.progressed.v1': ['offer', 'kind', 'visit'],
  'service.closed.v1': ['offer', 'lines'],
};

/** Facts that the sender hears only with this feedback; all others it hears always. */
const feedbackFor: Readonly<Record<string, readonly Feedback[]>> = {
  'service.closed.v1': ['outcome', 'progress'],
  'service.started.v1': ['progress'],
  'service.progressed.v1': ['progress'],
};

const concerns = ({ sender, consent }: Referral, office: Office, { data, type }: Fact): boolean => {
  if (!data.offices.includes(office)) return false;
  return office !== sender || (feedbackFor[type]?.includes(consent.feedback) ?? true);
};

const asked = 'offer.withdrawal-requested.v1';
const endings = ['offer.declined.v1', 'offer.cancelled.v1', 'service.closed.v1'];

/** Whether an office may be sent a fact now, by the log as it is at this moment (`webhooks.md` §5). */
export const mayHear = ({ referral }: State, office: Office, fact: Fact): boolean => {
  if (!referral || !concerns(referral, office, fact)) return false;
  if (office === referral.sender) return true;
  const offers = referral.offers.filter((offer) => offer.office === office);
  const about = offers.find(({ id }) => id === fact.data.offer);
  const ends = about !== undefined && (endings.includes(fact.type) || fact.type === asked);
  if (ends) return true;
  if (about ? isShut(referral, about) : offers.some((offer) => isShut(referral, offer)))
    return false;
  return offers.some((offer) => isOpen(offer) || isServing(offer));
};
