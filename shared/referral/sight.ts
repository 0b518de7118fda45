import type { Country, Office } from '../../events/envelope.ts';
import type { GrantId, LineId } from '../../events/referral.ts';
import type { Context } from './command.ts';
import { grantsOfStage } from './consent.ts';
import { aboveOf } from './family.ts';
import { voidOf } from './leaving.ts';
import { claimsOn, holderOf, referralStatus } from './lines.ts';
import { isOpen, isServing, isShut } from './offers.ts';
import { countryOf } from './order.ts';
import { isOpenedTo } from './overriding.ts';
import type { Offer, Referral } from './state.ts';

/** What one offer lets its office read: of `lines` the summary, of those `served` what lies behind. */
export type Sight = {
  readonly by: 'consent' | 'override';
  readonly grants: readonly GrantId[];
  readonly lines: readonly LineId[];
  readonly served: readonly LineId[];
};

/** By each open or serving offer of the office that nothing closed. */
export const sightsOf = (referral: Referral, office: Office, context: Context): Sight[] => {
  if (referralStatus(referral) !== 'active') return [];
  const own = referral.offers.filter((offer) => offer.office === office);
  return own.flatMap((offer) => sightOf(referral, offer, context) ?? []);
};

const sightOf = (referral: Referral, offer: Offer, context: Context): Sight | undefined => {
  if (isShut(referral, offer)) return undefined;
  const { lines, served } = linesOf(referral, offer);
  if (lines.length === 0) return undefined;
  const { country, at } = context;
  const way = wayTo(referral, offer, country);
  const granted = (stage: 1 | 2) => grantsOfStage(referral, way, stage, at).map(({ id }) => id);
  // An override carries nothing over the border.
  const opened = countryOf(offer.office) === country && isOpenedTo(referral, offer, at);
  if (served.length > 0) {
    const behind = granted(2);
    if (behind.length > 0) return { by: 'consent', grants: behind, lines, served };
    if (opened) return { by: 'override', grants: [], lines, served };
  }
  const summary = granted(1);
  if (summary.length > 0) return { by: 'consent', grants: summary, lines, served: [] };
  return opened ? { by: 'override', grants: [], lines, served: [] } : undefined;
};

/**
 * An open offer shows all its lines, unless it is void. One that serves opens the lines that it holds; while two claim one, neither
 * reads more of it than when it was asked; what another has is closed.
 */
const linesOf = (referral: Referral, offer: Offer): Pick<Sight, 'lines' | 'served'> => {
  if (isOpen(offer)) return { lines: voidOf(referral, offer) ? [] : offer.lines, served: [] };
  if (!isServing(offer)) return { lines: [], served: [] };
  const family = [offer, ...aboveOf(referral, offer)];
  const isIn = (one: Offer | undefined) => family.some(({ id }) => id === one?.id);
  const served = offer.lines.filter((line) => isIn(holderOf(referral, line)));
  const contested = offer.lines.filter(
    (line) => !holderOf(referral, line) && claimsOn(referral, line).some(isIn),
  );
  return { lines: offer.lines.filter((l) => [...served, ...contested].includes(l)), served };
};

/** The way that content takes to the office. Inside a country that only heard of the referral, the offer's own way is enough. */
const wayTo = ({ origin }: Referral, offer: Offer, country: Country) =>
  country === countryOf(offer.office) && country !== origin
    ? offer
    : { office: offer.office, made: { country } };
