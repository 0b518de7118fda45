import type { Actor, Fact, Office } from '../../events/envelope.ts';
import type { Feedback } from '../../events/referral.ts';
import { mayHoldContact } from './at-work.ts';
import { isAboutCheck } from './checking.ts';
import { feedbackFrom } from './consent.ts';
import { cutFor } from './cut.ts';
import { fold } from './fold.ts';
import { askedBy, isOpen, isServing, isShut, offerIn } from './offers.ts';
import { countryOf, seenBy } from './order.ts';
import { hasRead } from './receipts.ts';
import type { Offer, Referral, State } from './state.ts';

/**
 * A fact as one office may read it, or nothing. Over the fold of what the fact had seen, so it never changes; but who took a
 * referral over reads its history as its sender, and who handed it over reads nothing more of what it read as such.
 */
export const factFor = (who: Office, facts: readonly Fact[], fact: Fact): Fact | undefined => {
  const { referral, setAside } = fold([...seenBy(fact, facts), fact]);
  // What changes nothing must not be read as if it were true.
  if (setAside.includes(fact.id)) return undefined;
  const office = referral && readerOf(who, referral, facts);
  if (!referral || !office || !concerns(referral, office, fact)) return undefined;
  const parties = [office, referral.sender, ...askedBy(office, referral).map((o) => o.office)];
  const own = (o: Office) => o === who || office === referral.sender || parties.includes(o);
  const { by, offices, ...data } = fact.data as Fact['data'] & { by?: string };
  const cut = office === referral.sender ? data : cutFor(office, referral, { ...fact, data });
  return {
    ...fact,
    actor: hidden(fact.actor, own),
    data: {
      offices: offices.filter(own),
      ...(by !== undefined && fact.actor === (who as string) && { by }),
      ...cut,
    },
  };
};

/** As whom an office reads what was written when another was the sender; nobody, once it handed over. */
const readerOf = (office: Office, then: Referral, facts: readonly Fact[]): Office | undefined => {
  if (!facts.some(({ type }) => type === 'responsibility.moved.v1')) return office;
  const sender = fold(facts).referral?.sender;
  if (office === sender) return then.sender;
  return office === then.sender ? undefined : office;
};

/** A third office is its country. */
const hidden = (actor: Actor, own: (office: Office) => boolean): Actor => {
  const known = actor.includes(':') || own(actor as string as Office);
  return known ? actor : (countryOf(actor) as string as Actor);
};

/** Facts of a service, and who read what, reach the sender with this feedback only; a type that is new here with `progress`. */
const feedbackFor: Readonly<Record<string, readonly Feedback[]>> = {
  'service.closed.v1': ['outcome', 'progress'],
  'service.reopened.v1': ['outcome', 'progress'],
  'case-file.disclosed.v1': ['outcome', 'progress'],
  'erasure.confirmed.v1': ['outcome', 'progress'],
};

const concerns = (referral: Referral, office: Office, { data, type, country }: Fact): boolean => {
  const { sender, senders } = referral;
  // What was written to an earlier sender is the present one's.
  const named = office === sender ? senders.map((one) => one.office) : [office];
  if (!named.some((one) => data.offices.includes(one))) return false;
  if (office !== sender || !(type.startsWith('service.') || type in feedbackFor)) return true;
  return (feedbackFor[type] ?? ['progress']).includes(feedbackFrom(referral, country));
};

/** The offices that a fact names, and who is the sender by now: it may have been written to an earlier one. */
export const hearersOf = ({ referral }: State, { data: { offices } }: Fact): readonly Office[] => {
  const toSender = referral?.senders.some(({ office }) => offices.includes(office));
  return referral && toSender ? [...new Set([...offices, referral.sender])] : offices;
};

/** Who handed over hears that it was taken over, and nothing after it. */
const isTakenOver = ({ senders }: Referral, office: Office, { type }: Fact): boolean =>
  type === 'responsibility.moved.v1' && senders.some((one) => one.office === office);

/** What ended, reopened or asks to end an offer: the office hears it although it may hear nothing else any more. */
const endings = [
  'offer.declined.v1',
  'offer.acceptance-withdrawn.v1',
  'offer.cancelled.v1',
  'offer.expired.v1',
  'offer.withdrawal-requested.v1',
  'offer.cancellation-requested.v1',
  'offer.cancellation-refused.v1',
  'service.closed.v1',
  'service.reopened.v1',
];

/** What an office still owes once its gate is closed. */
const alwaysHeard = ['cancellation', 'receipt'];

/** What it must destroy, by when, and its own word that it did: heard by whoever was asked, or has read. */
const isAboutCopy = (referral: Referral, office: Office, { type, data }: Fact): boolean => {
  const own = data.office === office && data.clock === 'receipt';
  const is = type === 'content.erased.v1' || type === 'erasure.confirmed.v1' || own;
  const closes = type === 'consent.withdrawal-confirmed.v1';
  const asked = referral.offers.some((offer) => offer.office === office);
  return (is && (asked || hasRead(referral, office))) || (closes && hasRead(referral, office));
};

const isNewContact = ({ type, data: { parts } }: Fact): boolean =>
  type === 'referral.amended.v1' &&
  // One of a newer contract is known by its type alone.
  (parts as string[] | undefined)?.includes('safe-contact') === true;

/** Whether an office may be sent a fact now, by the log as it is at this moment (`webhooks.md` §5). */
export const mayHear = ({ referral }: State, office: Office, fact: Fact): boolean => {
  if (!referral || !concerns(referral, office, fact)) return false;
  if (office === referral.sender) return true;
  if (fact.type === 'responsibility.proposed.v1') return referral.proposed === office;
  if (isTakenOver(referral, office, fact)) return true;
  if (fact.type === 'office.named.v1') return fact.data.office === office;
  if (isAboutCopy(referral, office, fact) || isAboutCheck(referral, office, fact)) return true;
  const offers = referral.offers.filter((offer) => offer.office === office);
  if (offers.length === 0) return referral.proposed === office && fact.type.startsWith('consent.');
  const about = offers.find(({ id }) => id === fact.data.offer);
  // A request to end it, and that its time runs, are heard behind a closed gate too.
  if (fact.type.startsWith('consent.')) return true;
  if (about && (endings.includes(fact.type) || alwaysHeard.includes(`${fact.data.clock}`)))
    return true;
  const asked = askedBy(office, referral).find(({ id }) => id === fact.data.offer);
  if (asked) return hearsOf(asked, referral, fact);
  if (isNewContact(fact) && mayHoldContact(referral, office)) return true;
  if (about ? isShut(referral, about) : offers.some((offer) => isShut(referral, offer)))
    return false;
  return offers.some((offer) => isOpen(offer) || isServing(offer));
};

/** Whether somebody takes over is heard by the office that referred her, also once it is over, but not behind a closed gate. */
const hearsOf = (asked: Offer, referral: Referral, { type }: Fact): boolean => {
  const parent = offerIn(referral, asked.partOf);
  const answered = type === 'offer.accepted.v1' || endings.includes(type);
  return parent !== undefined && !isShut(referral, parent) && (answered || isServing(parent));
};
