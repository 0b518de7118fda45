import { invalid } from './errors.ts';

const MOST = 100;

/** `limit` (1–100, else 25) and `cursor` of a list call. */
export const pageOf = ({ limit = '25', cursor }: Readonly<Record<string, string | undefined>>) => {
  const n = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (n < 1 || n > MOST) throw invalid('limit', `Must be a number from 1 to ${MOST}`);
  if (cursor !== undefined && !/^[A-Za-z0-9_-]{1,200}$/.test(cursor))
    throw invalid('cursor', 'Must be the `next` of the page before');
  return { limit: n, ...(cursor !== undefined && { cursor }) };
};
