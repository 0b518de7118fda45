import cancellationReasons from './data/cancellation-reasons.json' with { type: 'json' };
import clocks from './data/clocks.json' with { type: 'json' };
import consentScopes from './data/consent-scopes.json' with { type: 'json' };
import declineReasons from './data/decline-reasons.json' with { type: 'json' };
import directory from './data/directory.json' with { type: 'json' };
import holdReasons from './data/hold-reasons.json' with { type: 'json' };
import outcomes from './data/outcomes.json' with { type: 'json' };
import reasons from './data/reasons.json' with { type: 'json' };
import categories from './data/service-categories.json' with { type: 'json' };
import terms from './data/terms.json' with { type: 'json' };
import urgencies from './data/urgencies.json' with { type: 'json' };
import { inLanguage, type Labels, type Language } from './language.ts';

type Row = Labels & { readonly code: string };

/** Every code that anybody may see, by list: whole files, the lists of `reasons`, the groups of `terms`, and the directory's own. */
export const lists: Readonly<Record<string, readonly Row[]>> = {
  'cancellation-reasons': cancellationReasons,
  clocks,
  'consent-scopes': consentScopes,
  'decline-reasons': declineReasons,
  'hold-reasons': holdReasons,
  outcomes,
  'service-categories': categories,
  urgencies,
  ...Object.groupBy(reasons, ({ list }) => list),
  ...Object.groupBy(terms, ({ group }) => group),
  ...Object.groupBy(directory, ({ list }) => list),
};

/** A code with its label; without one when the code is from a newer version than this. */
export const labelled = (list: string, code: string, language: Language) => {
  const row = lists[list]?.find((r) => r.code === code);
  return { code, ...(row && { label: inLanguage(row, language) }) };
};
