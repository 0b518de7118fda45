import { handler as rebuild } from '../../functions/views/rebuild.ts';

/** Page by page to the end; gives how many pages there were. */
export const rebuildAll = async () => {
  let pages = 0;
  let from: string | undefined;
  do {
    from = (await rebuild({ ...(from && { from }) })).next;
    pages += 1;
  } while (from && pages < 1000);
  return pages;
};
