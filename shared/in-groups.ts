const AT_ONCE = 25;

/** Does a job for each item, some at a time: a page must not open a thousand connections. */
export const inGroups = async <T, R>(
  items: readonly T[],
  job: (item: T) => Promise<R>,
): Promise<R[]> => {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    done.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(job))));
  return done;
};
