import type { Summary } from '../events/case-file.ts';
import type { Instant, Office } from '../events/envelope.ts';
import { areaOf } from './areas.ts';
import type { Offices } from './directory.ts';
import { invalid, Refused } from './errors.ts';
import { countryOf } from './referral/order.ts';
import { servesArea, servesCategory } from './routing.ts';

type Line = { readonly offices: readonly Office[] };
const field = '/caseFile/summary';

/**
 * Refuses 422 `not-served` a need or an area that an office of its line's list does not serve, by its entry in the directory.
 * An area says something of the offices of its own country alone. The needs are sealed, so no later command can look again.
 */
export const checkServed = (
  { categories, area }: Summary,
  lines: readonly Line[],
  offices: Offices,
  at: Instant,
) => {
  const found = area === undefined ? undefined : areaOf(area, at.slice(0, 10));
  if (area !== undefined && !found)
    throw invalid(`${field}/area`, 'Must be the id of an area (GET /v1/directory/areas)');
  for (const [i, line] of lines.entries())
    for (const office of line.offices) {
      const entry = offices[office];
      if (!entry) continue; // refused before: only an office of the directory may be named
      const search = { area: found?.area, category: categories[i], caller: '', at };
      if (!servesCategory(entry, search))
        throw notServed(`categories/${i}`, `${office} offers: ${entry.services.join(', ')}`);
      const judged = found?.area.country === countryOf(office);
      if (judged && !servesArea(entry, search))
        throw notServed('area', `${office} serves: ${entry.areas.join(', ')}`);
    }
};

const notServed = (part: string, message: string) =>
  new Refused('not-served', 422, message, { field: `${field}/${part}` });
