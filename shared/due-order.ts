import { Instant, Ref } from '../events/envelope.ts';
import { cursorAfter, keyOfCursor, notOurs } from './page.ts';

/** After every instant, and the newest first. */
const LAST = 9_999_999_999_999;

/**
 * Where a view stands in its list by what is due: `2026-11-27T10:00:00.000Z#ref_…`, or `never 8204…#ref_…`, after every instant.
 * No two places are alike, since a referral stands in a list once.
 */
export const placeOf = (ref: string, since: Instant, { due }: { readonly due?: Instant }): string =>
  `${due ?? `never ${LAST - Date.parse(since)}`}#${ref}`;

/** The place that the page before ended with, which may be empty by now; 422 if no page could have. */
export const placeIn = (cursor: string): string => {
  const place = keyOfCursor(cursor);
  const [when = '', ref, ...more] = place.split('#');
  const isWhen = Instant.safeParse(when).success || /^never \d{13}$/.test(when);
  const isPlace = isWhen && Ref.safeParse(ref).success && more.length === 0;
  if (!isPlace || cursorAfter(place) !== cursor) throw notOurs();
  return place;
};

/** What a page may hold, both ends with it, as in BETWEEN; nothing where `after` is beyond what is overdue. */
export const placesBetween = (after: string | undefined, overdue: Instant | undefined) => {
  const from = `${after ?? ''} `; // right after that one: no place holds a space there
  const until = overdue ?? '~'; // due at this very instant is `<overdue>#…`, so beyond it
  return from <= until ? { from, until } : undefined;
};
