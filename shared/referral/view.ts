import type { Office } from '../../events/envelope.ts';
import type { Feedback, LineId } from '../../events/referral.ts';
import { isAtWork } from './at-work.ts';
import type { Context } from './command.ts';
import { aliveGrants, consentStatus, feedbackFrom, hasConsent, unsettled } from './consent.ts';
import { duesFor, isBareDebt } from './due-view.ts';
import { aboveOf } from './family.ts';
import { cancellationOf } from './leaving.ts';
import { lineStatus, referralStatus } from './lines.ts';
import { askedBy, isAsked, isServing, type OfferStatus, statusOf } from './offers.ts';
import { countryOf } from './order.ts';
import { endOf, openOverrides, overridesIn } from './override.ts';
import { holdsInForce, openProposals } from './safety.ts';
import type { Offer, Referral, State } from './state.ts';
import { inDirectory } from './suspension.ts';
import { travelStatus } from './travel.ts';
import { currentGrants } from './withdrawn.ts';

/** A referral as one of its offices may see it; nothing for all others. Cut like facts (`fact-for.ts`). `due`: its own next debt. */
export const viewFor = (office: Office, state: State, context: Context) => {
  const { referral, setAside } = inDirectory(state, context.offices);
  if (!referral) return undefined;
  const { ref, origin, reach, sender, urgency, submittedAt } = referral;
  const isSender = office === sender;
  const offers = referral.offers.filter((offer) => isSender || offer.office === office);
  const asked = isSender ? [] : askedBy(office, referral);
  if (!isSender && offers.length === 0) return undefined;
  const { about, next } = duesFor(office, referral, context);
  const { due: owes } = about(isBareDebt(office));
  return {
    ref,
    origin,
    reach,
    sender,
    urgency,
    submittedAt,
    ...(next && { due: next }),
    ...(owes && { owes }),
    consent: consentView(referral, office),
    ...overrideView(referral, office),
    offers: offers.map((offer) => ({
      ...offerView(referral, offer, isSender ? feedbackFrom(referral, offer.owner) : 'all'),
      ...about((clock) => clock.offer === offer.id),
    })),
    ...(isAtWork(referral, office) && flags(referral, about)),
    ...(asked.length > 0 && { onward: asked.map((offer) => askedView(referral, offer)) }),
    ...(isSender && overview(referral, about)),
    ...(setAside.length > 0 && { setAside }),
  };
};
export type View = NonNullable<ReturnType<typeof viewFor>>;

const offerView = (referral: Referral, offer: Offer, heard: Feedback | 'all') => {
  const { id, office, made, declined, withdrawn, cancelled, accepted, replaces, held } = offer;
  const status = told(statusOf(offer), heard);
  return {
    offer: id,
    office,
    status,
    lines: offer.lines,
    madeAt: made.at,
    cancellation: cancellationOf(referral, offer),
    ...(isAsked(offer) && { informationRequested: offer.rounds.length }),
    ...(heard !== 'all' && replaces && { replaces }),
    ...(offer.partOf && { partOf: offer.partOf }),
    ...(offer.handedOn.length > 0 && heard !== 'none' && { referredOnward: offer.handedOn }),
    ...(accepted && accepted.left.length > 0 && { left: accepted.left }),
    ...(declined && { declined }),
    ...(withdrawn && { acceptanceWithdrawn: withdrawn }),
    ...(status === 'on-hold' && held?.review && { review: held.review }),
    ...(cancelled && { cause: cancelled }),
  };
};

/** What everybody who is at work must know before reaching out to her. */
const flags = (referral: Referral, about: ReturnType<typeof duesFor>['about']) => {
  const safetyHolds = holdsInForce(referral).map(({ id, at }) => ({
    ...{ hold: id, raisedAt: at.at },
    ...about((clock) => clock.hold === id),
  }));
  const lifts = openProposals(referral).map(({ id, holds }) => ({ proposal: id, holds }));
  const travel = travelStatus(referral);
  return {
    ...(safetyHolds.length > 0 && { safetyHolds }),
    ...(lifts.length > 0 && { liftsProposed: lifts }),
    ...(travel && { travel }),
  };
};

/** An offer that this office made: whether somebody takes over, and nothing of the service. */
const askedView = (referral: Referral, offer: Offer) => {
  const { id, office, made, offered: lines, partOf, accepted, declined, cancelled } = offer;
  const over = accepted && !aboveOf(referral, offer).slice(0, 1).some(isServing);
  return {
    ...{ offer: id, office, lines, madeAt: made.at },
    status: over ? ('accepted' as const) : told(statusOf(offer), 'none'),
    ...(partOf && { partOf }),
    ...(accepted && accepted.left.length > 0 && { left: accepted.left }),
    ...(declined && { declined }),
    ...(!over && cancelled && { cause: cancelled }),
  };
};

/** What the sender may hear of a service, by the feedback that she allowed. */
const told = (status: OfferStatus, heard: Feedback | 'all'): OfferStatus => {
  const hidden: Record<Feedback | 'all', readonly OfferStatus[]> = {
    none: ['in-progress', 'on-hold', 'completed', 'failed'],
    outcome: ['in-progress', 'on-hold'],
    progress: [],
    all: [],
  };
  return hidden[heard].includes(status) ? 'accepted' : status;
};

/** The sender reads her whole consent, another office whether its own still holds. */
const consentView = (referral: Referral, office: Office) => {
  const holds = referral.offers.some((o) => o.office === office && hasConsent(referral, o));
  if (office !== referral.sender)
    return { status: holds ? ('active' as const) : ('closed' as const) };
  const alive = aliveGrants(referral);
  const waiting = unsettled(referral).map(({ id }) => id);
  return {
    status: consentStatus(referral),
    grants: currentGrants(referral).map((grant) => ({
      ...{ grant: grant.id, office: grant.office, direction: grant.direction },
      ...{ stages: grant.stages, expires: grant.expires, open: alive.includes(grant) },
    })),
    ...(waiting.length > 0 && { unsettled: waiting }),
  };
};

/** Its own flag, beside consent; an office reads that of its country, the sender all. */
const overrideView = (referral: Referral, office: Office) => {
  const countries = office === referral.sender ? (['kr', 'vn'] as const) : [countryOf(office)];
  const override = countries.flatMap((country) =>
    overridesIn(referral, country).map((one) => ({ override: one.id, country, ends: endOf(one) })),
  );
  const proposed = countries.flatMap((country) =>
    openOverrides(referral, country).map(({ id }) => ({ proposal: id })),
  );
  return {
    ...(override.length > 0 && { override }),
    ...(proposed.length > 0 && { overridesProposed: proposed }),
  };
};

const overview = (referral: Referral, about: ReturnType<typeof duesFor>['about']) => {
  const { offers } = referral;
  /** Of an office that asked whether it was served, and may not hear it. */
  const unheard = (line: LineId) =>
    offers.some(
      ({ offered, owner }) => offered.includes(line) && feedbackFrom(referral, owner) === 'none',
    );
  const lines = referral.lines.map(({ id }) => {
    const status = lineStatus(referral, id);
    const shown = status === 'closed' && unheard(id) ? ('placed' as const) : status;
    return { line: id, status: shown, ...about((clock) => clock.line === id) };
  });
  const status = referralStatus(referral);
  const hidden = status === 'completed' && lines.some((line) => line.status === 'placed');
  return { status: hidden ? ('active' as const) : status, lines };
};
