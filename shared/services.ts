import type { Country, Instant } from '../events/envelope.ts';
import categories from './data/service-categories.json' with { type: 'json' };
import type { Offices } from './directory.ts';
import { inLanguage, type Language } from './language.ts';
import { countryOf } from './referral/order.ts';
import { propose } from './routing.ts';
import { rankOf } from './search.ts';

type Dated = { readonly validTo: string | null };

/** The categories of service, and how many offices of each country may be asked for one. */
export const servicesIn = (
  offices: Offices,
  question: string | undefined,
  { language, at }: { language: Language; at: Instant },
) =>
  categories
    .filter(({ validTo }: Dated) => validTo === null || validTo >= at.slice(0, 10))
    .filter(
      ({ en, ko, vi }) => question === undefined || rankOf(question, [en, ko, vi]) !== undefined,
    )
    .map(({ code, en, ko, vi, opensCase }) => {
      const offering = propose(offices, { category: code, caller: '', at });
      const inCountry = (country: Country) =>
        offering.filter(({ entry }) => countryOf(entry.office) === country).length;
      return {
        ...{ code, label: inLanguage({ en, ko, vi }, language), names: { en, ko, vi }, opensCase },
        offices: { kr: inCountry('kr'), vn: inCountry('vn') },
      };
    });
