import type { Instant } from '../events/envelope.ts';
import { type Area, areaOf } from './areas.ts';
import type { Offices } from './directory.ts';
import { capacityOf, isAssured } from './office/age.ts';
import type { OfficeState } from './office/fold.ts';
import { hoursAt } from './office/hours.ts';
import { countryOf } from './referral/order.ts';

/** What an office is looked for; what is left out does not matter. `caller` asks, and is never proposed. */
export type Search = {
  readonly area?: Area | undefined;
  readonly category?: string | undefined;
  readonly language?: string | undefined;
  readonly caller: string;
  readonly at: Instant;
};

/** An office that may be asked, and why it stands where it stands: codes of the lists `proposal` and `capacity`. */
export type Proposal = { readonly entry: OfficeState; readonly reasons: readonly string[] };

/** The offices that serve both, best first: who is full comes last, then who is nearer, has room, speaks the language, is open. */
export const propose = (offices: Offices, search: Search): Proposal[] =>
  askable(offices, search)
    .filter((entry) => servesArea(entry, search) && servesCategory(entry, search))
    .map((entry) => ({ entry, reasons: reasonsFor(entry, search) }))
    .toSorted((a, b) => weigh(a) - weigh(b) || (a.entry.office < b.entry.office ? -1 : 1));

/** Why nothing was found, as a code of the list `nothing-found`. */
export const whyNothing = (offices: Offices, search: Search): string => {
  const there = askable(offices, search).filter(
    ({ office }) => !search.area || countryOf(office) === search.area.country,
  );
  if (search.category === undefined) return 'not-in-this-area';
  if (!there.some((entry) => servesCategory(entry, search))) return 'nobody-offers-this';
  return there.some((entry) => servesArea(entry, search)) ? 'elsewhere-only' : 'not-in-this-area';
};

/** Those to whom a referral may go. An immigration or police office needs her yes by name, so it is never proposed. */
const askable = (offices: Offices, { caller }: Search): OfficeState[] =>
  Object.values(offices).filter(
    ({ office, active, takesReferrals, authority }) =>
      active &&
      takesReferrals &&
      office !== caller &&
      authority !== 'immigration' &&
      authority !== 'police',
  );

/** Without an area or a category, every office does. */
export const servesArea = (entry: OfficeState, search: Search) =>
  search.area === undefined || nearness(entry, search.area, search.at) !== undefined;

export const servesCategory = ({ services }: OfficeState, { category }: Search) =>
  category === undefined || services.includes(category);

const nearness = ({ office, coverage, areas }: OfficeState, area: Area, at: Instant) => {
  // An entry may be older than the unit that it names.
  const today = areas.map((id) => areaOf(id, at.slice(0, 10))?.area.id);
  if (today.includes(area.id)) return 'area-exact';
  const everywhere = coverage !== 'areas' && countryOf(office) === area.country;
  return everywhere ? 'area-national' : undefined;
};

const fluency = ({ languages }: OfficeState, language: string) => {
  if (languages.includes(language)) return 'language-spoken';
  return languages.length === 0 ? 'language-unknown' : 'language-not-listed';
};

const roomOf = (entry: OfficeState, at: Instant) => {
  const capacity = capacityOf(entry, at);
  return capacity === 'unknown' ? 'capacity-unknown' : capacity;
};

const reasonsFor = (entry: OfficeState, { area, language, at }: Search): string[] => [
  ...(area ? [nearness(entry, area, at) ?? ''] : []),
  roomOf(entry, at),
  ...(language === undefined ? [] : [fluency(entry, language)]),
  hoursAt(entry, at),
  ...(isAssured(entry, at) ? [] : ['not-confirmed']),
];

/** Each outweighs all that stand below it. */
const scale: readonly (readonly string[])[] = [
  ['no-capacity'],
  ['area-national'],
  ['waitlist'],
  ['capacity-unknown', 'additional-assessment-required'],
  ['language-not-listed'],
  ['language-unknown'],
  ['closed'],
  ['hours-unknown'],
  ['not-confirmed'],
];

const weigh = ({ reasons }: Proposal): number =>
  scale.reduce(
    (sum, codes, i) =>
      codes.some((code) => reasons.includes(code)) ? sum + 2 ** (scale.length - i) : sum,
    0,
  );
