import type { Country, Instant, Office } from '../../events/envelope.ts';
import type { Feedback } from '../../events/referral.ts';
import { directionTo, hadSeen, peerOf } from './order.ts';
import type { Grant, Moment, Offer, Referral, Withdrawal } from './state.ts';
import { currentGrants, isFor, isWithdrawn } from './withdrawn.ts';

/** What she has not withdrawn, lapsed or not: the rest of it may be renewed, or withdrawn too. */
export const grantsLeft = (referral: Referral): Grant[] => {
  const { destroyed, withdrawals } = referral.consent;
  if (destroyed) return [];
  return currentGrants(referral).filter((grant) => !isWithdrawn(grant, withdrawals));
};

/** Neither lapsed nor withdrawn. */
export const aliveGrants = (referral: Referral): Grant[] =>
  grantsLeft(referral).filter(({ id }) => !referral.consent.lapsed.includes(id));

/** An office, and the country that asks it: the way that data takes. */
type Asked = { readonly office: Office; readonly made: Pick<Offer['made'], 'country'> };

/**
 * What the current records say of an office, by facts alone. Two that did not know of each other must both allow: what
 * either of them closed stays closed.
 */
const grantsFor = (referral: Referral, { office, made: { country } }: Asked): Grant[] => {
  const way = { office, direction: directionTo(country, office) };
  const current = currentGrants(referral).filter((grant) => isFor(grant, way));
  const alive = aliveGrants(referral);
  return current.every((grant) => alive.includes(grant)) ? current : [];
};

/** Whether her consent still holds for this office; its expiry counts from the fact that says so (`lapse-consent`). */
export const hasConsent = (referral: Referral, asked: Asked): boolean =>
  grantsFor(referral, asked).length > 0;

/** What she withdrew herself for an office, or for all: nothing but her own word, or a refutation, opens it again. */
export const isClosedByHer = (referral: Referral, { office }: Pick<Asked, 'office'>): boolean => {
  const { withdrawals, destroyed } = referral.consent;
  const current = currentGrants(referral).filter((grant) => grant.office === office);
  const closes = ({ at, closes: ways, settled }: Withdrawal) =>
    settled !== 'refuted' &&
    ways.some((way) => way.office === office) &&
    !current.every(({ recorded }) => hadSeen(recorded, at));
  return destroyed || consentStatus(referral) === 'withdrawn' || withdrawals.some(closes);
};

/** The unexpired grants that let this office see this stage; none unless all that it holds do. */
export const grantsOfStage = (
  referral: Referral,
  asked: Asked,
  stage: 1 | 2,
  at: Instant,
): Grant[] => {
  const grants = grantsFor(referral, asked);
  return grants.every(({ stages, expires }) => stages.includes(stage) && expires > at)
    ? grants
    : [];
};

/** Whether an unexpired grant lets this office see this stage. */
export const covers = (referral: Referral, asked: Asked, stage: 1 | 2, at: Instant): boolean =>
  grantsOfStage(referral, asked, stage, at).length > 0;

/** What the sender may hear from a country: of the other one nothing that she asked to hear, unless her consent for that way holds. */
export const feedbackFrom = (referral: Referral, country: Country): Feedback =>
  country === referral.origin ||
  hasConsent(referral, { office: referral.sender, made: { country } })
    ? referral.consent.feedback
    : 'none';

/** Whether an office may be the sender: what it hears back over the border needs a grant of its own, as in `submit`. */
export const mayBeToldBack = (referral: Referral, office: Office, at: Instant): boolean => {
  const { origin, reach, consent } = referral;
  if (reach !== 'both' || consent.feedback === 'none') return true;
  const grants = grantsFor(referral, { office, made: { country: peerOf(origin) } });
  return grants.length > 0 && grants.every(({ expires }) => expires > at);
};

/** The offices that she named as those this one may refer her onward to: all that it holds must name them. */
export const namedOnward = (referral: Referral, asked: Asked, at: Instant): Office[] => {
  const [first, ...others] = grantsFor(referral, asked).map((grant) =>
    grant.expires > at ? grant.onward : [],
  );
  return (first ?? []).filter((office) => others.every((named) => named.includes(office)));
};

/** Withdrawals that nobody has confirmed or refuted. */
export const unsettled = ({ consent }: Referral): Withdrawal[] =>
  consent.withdrawals.filter(({ settled }) => settled === undefined);

/** She withdrew everything, and nobody has settled it: until then nothing new is written down. */
export const isAllWithdrawn = (referral: Referral): boolean =>
  unsettled(referral).length > 0 && grantsLeft(referral).length === 0;

/** What an office holds or held, and may narrow or renew: nothing that a withdrawal closed and nobody has settled. */
export const renewable = (referral: Referral, office: Office): Grant[] =>
  currentGrants(referral).filter(
    (grant) =>
      grant.office === office &&
      !unsettled(referral).some(({ closes }) => closes.some((way) => isFor(way, grant))),
  );

/** Once these are confirmed too: a withdrawal that still waits may be refuted, so it ends nothing for good. */
const onceConfirmed = (referral: Referral, confirmed: readonly string[] = []): Referral => {
  const { consent } = referral;
  const withdrawals = consent.withdrawals.filter((w) => w.settled || confirmed.includes(w.id));
  return { ...referral, consent: { ...consent, withdrawals } };
};

/** What is in force then: of what has expired perhaps no fact says so yet. */
export const leftWith = (referral: Referral, confirmed: readonly string[], at: Instant): Grant[] =>
  aliveGrants(onceConfirmed(referral, confirmed)).filter(({ expires }) => expires > at);

/** She withdrew everything, and it was confirmed: no line goes anywhere. What lapsed alone may be renewed (row 25). */
export const isWithdrawnForGood = (referral: Referral): boolean =>
  referral.consent.withdrawals.some(({ settled }) => settled === 'confirmed') &&
  grantsLeft(onceConfirmed(referral)).length === 0;

/** The confirmation by which an office is asked to end; until then a withdrawal asks for nothing, nor does what lapsed. */
export const closedForGood = (
  referral: Referral,
  { office, made: { country } }: Asked,
): Moment | undefined => {
  const { consent } = referral;
  const way = { office, direction: directionTo(country, office) };
  const current = currentGrants(referral).filter((grant) => isFor(grant, way));
  const closes = (w: Withdrawal) =>
    w.closes.some((one) => isFor(one, way)) && !current.every((g) => hadSeen(g.recorded, w.at));
  const confirmed = consent.withdrawals.filter(
    (w) => w.settled === 'confirmed' && (consent.destroyed || closes(w)),
  );
  const moments = confirmed.flatMap(({ settledAt }) => settledAt ?? []);
  return moments.toSorted((a, b) => a.seq - b.seq)[0];
};

/** Grants whose time is over and of which no fact says so yet. */
export const expiredGrants = (referral: Referral, at: Instant): Grant[] =>
  aliveGrants(referral).filter(({ expires }) => expires <= at);

/** `withdrawn`: a withdrawal waits and nothing is in force, or it left nothing. What lapsed after others were withdrawn only lapsed. */
export const consentStatus = (referral: Referral): 'active' | 'withdrawn' | 'lapsed' => {
  if (aliveGrants(referral).length > 0) return 'active';
  if (unsettled(referral).length > 0) return 'withdrawn';
  const standing = referral.consent.withdrawals.some(({ settled }) => settled !== 'refuted');
  return standing && grantsLeft(referral).length === 0 ? 'withdrawn' : 'lapsed';
};
