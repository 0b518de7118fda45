import type { Instant } from '../../events/envelope.ts';
import { areaOf, shownArea } from '../areas.ts';
import { labelled } from '../labels.ts';
import { inLanguage, type Language } from '../language.ts';
import { capacityOf, isAssured } from './age.ts';
import type { OfficeState } from './fold.ts';
import { hoursAt } from './hours.ts';

/** An office's entry as any office may read it, labels in this language. Names of members are HSDS's where it has them. */
export const shownOffice = (entry: OfficeState, language: Language, at: Instant) => {
  const { office, name, kind, coverage, areas, services, languages, authority } = entry;
  const required = entry.requiredDocuments ?? [];
  const capacity = capacityOf(entry, at);
  return {
    ...{
      office,
      name,
      label: inLanguage(name, language),
      kind: labelled('office-kind', kind, language),
    },
    ...{ active: entry.active, takesReferrals: entry.takesReferrals, authority },
    ...{ coverage, areas: areas.map((id) => area(id, language, at)) },
    services: services.map((code) => labelled('service-categories', code, language)),
    ...(required.length > 0 && {
      required_documents: required.map(({ service, documents }) => ({
        service: labelled('service-categories', service, language),
        documents,
      })),
    }),
    languages: languages.map((code) => ({ code, name: nameOf(code, language) })),
    ...{ phones: entry.phones ?? [], schedules: entry.schedules ?? [] },
    ...(entry.addresses && { addresses: entry.addresses }),
    hours: labelled('proposal', hoursAt(entry, at), language),
    capacity: {
      ...labelled('capacity', capacity, language),
      ...(entry.capacity && { updated: entry.capacity.updated }),
    },
    assured_date: entry.assured.slice(0, 10),
    ...(!isAssured(entry, at) && { notConfirmed: labelled('proposal', 'not-confirmed', language) }),
  };
};

/** The entry as the office itself reads it: with its keys and since when they count. */
export const shownOwn = (entry: OfficeState, language: Language, at: Instant) => ({
  ...shownOffice(entry, language, at),
  keys: entry.keys,
});

const area = (id: string, language: Language, at: Instant) => {
  const found = areaOf(id, at.slice(0, 10));
  return found ? shownArea(found, language) : { id };
};

/** A language's own name for a language. */
const nameOf = (code: string, language: Language) =>
  new Intl.DisplayNames([language], { type: 'language' }).of(code);
