import type { Country } from '../events/envelope.ts';
import korean from './data/kr-divisions.json' with { type: 'json' };
import vietnamese from './data/vn-provinces.json' with { type: 'json' };
import { inLanguage, type Labels, type Language } from './language.ts';
import { plain, rankOf } from './search.ts';

/** An administrative unit, present or past. Its id is its only key: bare codes mean one thing here and another there. */
export type Area = {
  readonly id: string;
  readonly country: Country;
  readonly kind: string;
  readonly names: Labels;
  /** Other ways to write or say it. */
  readonly also: readonly string[];
  readonly validTo: string | null;
  readonly successor: string | null;
};

const given = (...names: readonly (string | null)[]) => names.filter((name) => name !== null);

const areas: readonly Area[] = [
  ...vietnamese.areas.map(({ id, kind, en, ko, vi, viFull, viAlso, validTo, successor }) => ({
    ...{ id, country: 'vn' as const, kind, validTo, successor },
    ...{ names: { en, ko, vi }, also: [viFull, ...viAlso] },
  })),
  ...korean.areas.map(({ id, kind, en, ko, vi, koShort, koBefore, viAlso, ...row }) => ({
    ...{ id, country: 'kr' as const, kind, validTo: row.validTo, successor: row.successor },
    ...{ names: { en, ko, vi }, also: given(koShort, koBefore, ...viAlso) },
  })),
];
const byId: ReadonlyMap<string, Area> = new Map(areas.map((area) => [area.id, area]));

/** The unit of today for what somebody named. `former`: what was named is another one that is no more, so let them confirm it. */
export type Found = { readonly area: Area; readonly former?: Area };

/** The unit that answers for this id on that day; nothing when there is no such id. */
export const areaOf = (id: string, day: string): Found | undefined => {
  const named = byId.get(id);
  let area = named;
  while (area?.successor && isOver(area, day)) area = byId.get(area.successor);
  if (!area || !named) return undefined;
  return sameName(area, named) ? { area } : { area, former: named };
};

const isOver = ({ validTo }: Area, day: string) => validTo !== null && validTo < day;
const sameName = (a: Area, b: Area) =>
  plain(a.names.vi ?? a.names.en) === plain(b.names.vi ?? b.names.en);

/** Units whose name, in any language and spelling, answers the question, best first; without a question all of today's. */
export const findAreas = (question: string | undefined, day: string): Found[] => {
  const wanted = ranked(question ?? '', day);
  return wanted
    .filter(({ found }) => question !== undefined || !found.former)
    .toSorted((a, b) => a.rank - b.rank || weight(a.found) - weight(b.found))
    .map(({ found }) => found);
};

/** The unit that somebody named by its id, or by a name that only one unit has. */
export const namedArea = (text: string, day: string): Found | undefined => {
  const [only, ...others] = ranked(text, day).filter(({ rank }) => rank === 0);
  return areaOf(text, day) ?? (others.length === 0 ? only?.found : undefined);
};

const ranked = (question: string, day: string) => {
  const rows = areas.flatMap((area) => {
    const found = areaOf(area.id, day);
    return found ? [{ area, found }] : [];
  });
  // A unit that kept its name is one answer, not two, and is found by the full name that it had.
  const kept = Map.groupBy(rows, ({ found }) => found.former ?? found.area);
  return rows.flatMap(({ area, found }) => {
    const names = (kept.get(area) ?? []).flatMap((row) => namesOf(row.area));
    const rank = rankOf(question, names);
    return rank === undefined ? [] : [{ found, rank }];
  });
};

const weight = ({ former }: Found) => (former ? 1 : 0);
const namesOf = ({ names: { en, ko, vi }, also }: Area) =>
  given(en, ko ?? null, vi ?? null, ...also);

/** `Cần Thơ`, or `Cần Thơ (Hậu Giang)` for what is a part of it now. */
export const shownArea = ({ area, former }: Found, language: Language) => {
  const label = inLanguage(area.names, language);
  const old = former && { id: former.id, label: inLanguage(former.names, language) };
  return {
    ...{ id: area.id, country: area.country, kind: area.kind, names: area.names },
    label: old ? `${label} (${old.label})` : label,
    ...(old && { former: old, confirm: true }),
  };
};
