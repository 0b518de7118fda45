import type { Instant } from '../events/envelope.ts';
import { type Found, namedArea, shownArea } from './areas.ts';
import categories from './data/service-categories.json' with { type: 'json' };
import type { Offices } from './directory.ts';
import { invalid } from './errors.ts';
import { labelled } from './labels.ts';
import type { Language } from './language.ts';
import type { OfficeState } from './office/fold.ts';
import { shownOffice, shownOwn } from './office/show.ts';
import { pageOf, pageOfAll } from './page.ts';
import { codeIn } from './referral/codes.ts';
import { type Proposal, propose, type Search, whyNothing } from './routing.ts';
import { rankOf } from './search.ts';

type Query = Readonly<Record<string, string | undefined>>;
type Asker = { readonly caller: string; readonly language: Language; readonly at: Instant };

/** What `GET /v1/directory/offices` answers: proposals for an area or a category, else the whole directory. `nowhere`: the area of a search that found nobody. */
export const findOffices = (offices: Offices, query: Query, { caller, language, at }: Asker) => {
  const page = pageOf(query);
  const found = query.area === undefined ? undefined : areaIn(query.area, at);
  const search = { area: found?.area, ...wishesIn(query, at), caller, at };
  const routed = search.area !== undefined || search.category !== undefined;
  const all = routed ? propose(offices, search) : listed(offices);
  const named = all.filter(({ entry }) => isCalled(entry, query.q));
  const { items, next } = pageOfAll(named, ({ entry }) => entry.office, page);
  const hint = all.length > 0 || !routed ? 'no-such-name' : whyNothing(offices, search);
  return {
    body: {
      searched: searched(found, search, language),
      found: named.length,
      items: items.map(({ entry, reasons }) => ({
        ...(entry.office === caller ? shownOwn : shownOffice)(entry, language, at),
        ...(routed && { reasons: reasons.map((code) => reason(code, language)) }),
      })),
      ...(next && { next }),
      ...(named.length === 0 && { hint: labelled('nothing-found', hint, language) }),
    },
    ...(routed && all.length === 0 && { nowhere: search.area?.id ?? 'any' }),
  };
};

const areaIn = (text: string, at: Instant): Found => {
  const found = namedArea(text, at.slice(0, 10));
  if (found) return found;
  throw invalid('area', 'Must be the id of an area (GET /v1/directory/areas), never a bare code');
};

const wishesIn = ({ category, language }: Query, at: Instant) => {
  if (category !== undefined) codeIn(categories, category, 'category', at);
  if (language !== undefined && !/^[a-z]{2}$/.test(language))
    throw invalid('language', 'Must be two letters of ISO 639-1, such as vi');
  return { category, language };
};

/** Everybody, also who cannot be asked: a directory that hid them would be asked about them. */
const listed = (offices: Offices): Proposal[] =>
  Object.values(offices)
    .toSorted((a, b) => (a.office < b.office ? -1 : 1))
    .map((entry) => ({ entry, reasons: [] }));

const isCalled = ({ name: { en, ko = '', vi = '' } }: OfficeState, q: string | undefined) =>
  q === undefined || rankOf(q, [en, ko, vi]) !== undefined;

/** Reasons are codes of two lists. */
const reason = (code: string, language: Language) => ({
  ...labelled('capacity', code, language),
  ...labelled('proposal', code, language),
});

const searched = (found: Found | undefined, search: Search, language: Language) => ({
  ...(found && { area: shownArea(found, language) }),
  ...(search.category !== undefined && {
    category: labelled('service-categories', search.category, language),
  }),
  ...(search.language !== undefined && { language: search.language }),
});
