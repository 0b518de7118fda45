import { invalid, Refused } from './errors.ts';

const MOST = 100;

/** `limit` and where the page before ended. */
export type Page = { readonly limit: number; readonly cursor?: string };

/** `limit` (1–100, else 25) and `cursor` of a list call. */
export const pageOf = ({
  limit = '25',
  cursor,
}: Readonly<Record<string, string | undefined>>): Page => {
  const n = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (n < 1 || n > MOST) throw invalid('limit', `Must be a number from 1 to ${MOST}`);
  if (cursor !== undefined && !/^[A-Za-z0-9_-]{1,200}$/.test(cursor)) throw notOurs();
  return { limit: n, ...(cursor !== undefined && { cursor }) };
};

/** A misspelt filter must not show everything. */
export const onlyKnown = (query: Readonly<Record<string, unknown>>, names: readonly string[]) => {
  const unknown = Object.keys(query).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new Refused('unknown-field', 422, `This call knows: ${names.join(', ')}`, {
    field: unknown,
  });
};

/** For a cursor that no page gave. */
export const notOurs = () => invalid('cursor', 'Must be the `next` of the page before');

/** A cursor names the last item of a page: what came since moves nothing. */
export const cursorAfter = (key: string): string => Buffer.from(key).toString('base64url');
export const keyOfCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** One page of what is in memory as a whole. */
export const pageOfAll = <T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { limit, cursor }: Page,
): { items: readonly T[]; next?: string } => {
  const last = cursor === undefined ? -1 : all.findIndex((i) => keyOf(i) === keyOfCursor(cursor));
  if (cursor !== undefined && last < 0) throw notOurs();
  const items = all.slice(last + 1, last + 1 + limit);
  const end = items.at(-1);
  const more = last + 1 + limit < all.length && end !== undefined;
  return { items, ...(more && { next: cursorAfter(keyOf(end)) }) };
};
