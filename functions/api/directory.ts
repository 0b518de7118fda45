import { api, type Call } from '../../shared/api.ts';
import { findAreas, shownArea } from '../../shared/areas.ts';
import { Refused } from '../../shared/errors.ts';
import { findOffices } from '../../shared/find-offices.ts';
import { type Language, languageOf } from '../../shared/language.ts';
import { metric } from '../../shared/metric.ts';
import { onlyKnown } from '../../shared/page.ts';
import type { Answer } from '../../shared/problem.ts';
import { servicesIn } from '../../shared/services.ts';
import { country, directory, now } from '../../shared/world.ts';

/** Who serves what and where, in the caller's language. */
export const handler = api(async (call): Promise<Answer> => {
  const language = languageOf(call.headers['accept-language']);
  return {
    status: 200,
    headers: { 'content-language': language, vary: 'accept-language' },
    body: await answerTo(call, language),
  };
});

const known: Readonly<Record<string, readonly string[]>> = {
  'GET /v1/directory/areas': ['q'],
  'GET /v1/directory/services': ['q'],
  'GET /v1/directory/offices': ['area', 'category', 'language', 'q', 'limit', 'cursor'],
};

const answerTo = async ({ route, query, caller }: Call, language: Language) => {
  const at = now();
  onlyKnown(query, known[route] ?? []);
  switch (route) {
    case 'GET /v1/directory/areas':
      return { items: findAreas(query.q, at.slice(0, 10)).map((a) => shownArea(a, language)) };
    case 'GET /v1/directory/services':
      return { items: servicesIn(await directory().offices(), query.q, { language, at }) };
    case 'GET /v1/directory/offices': {
      const asker = { caller: caller.office, language, at };
      const { body, nowhere } = findOffices(await directory().offices(), query, asker);
      // By area alone: with the category it would say what somebody needs.
      if (nowhere) metric(country(), 'NoOfficeFound', 1, 'Count', nowhere);
      return body;
    }
    default:
      throw new Refused('not-found', 404, 'No such address: see the README for what there is');
  }
};
