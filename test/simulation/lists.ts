import { Office } from '../../events/envelope.ts';
import { listedIn } from '../../shared/project.ts';
import type { View } from '../../shared/referral/view.ts';
import type { List } from '../../shared/views.ts';
import { Invocation } from './invocation.ts';
import type { Land } from './land.ts';

const listsOf = (land: Land) =>
  land.dynamo.keys('views').flatMap((pk) => {
    const [list, office] = pk.split('#');
    if (list !== 'inbox' && list !== 'sent') return [];
    return [{ pk, list: list as List, office: Office.parse(office) }];
  });

/** Rows of the lists that do not say what the ledger says. */
export const wrongRows = (land: Land): string[] => {
  const shown = new Map<string, string>();
  for (const { pk } of listsOf(land))
    for (const { sk, view } of land.dynamo.peek('views', pk))
      shown.set(`${pk} ${sk?.S}`, view?.S ?? '');
  const wrong: string[] = [];
  for (const subject of land.subjects())
    for (const { list, office, since, view } of listedIn(
      land.facts(subject),
      land.context(subject),
    )) {
      const row = `${list}#${office} ${since}#${subject}`;
      if (shown.get(row) !== (view ? JSON.stringify(view) : '')) wrong.push(row);
      shown.delete(row);
    }
  return [...wrong, ...shown.keys()];
};

/** Lists that are not, page after page, all their rows: debts first, the oldest before all, then the newest. */
export const wrongPages = async (land: Land): Promise<string[]> => {
  const wrong: string[] = [];
  for (const { pk, list, office } of listsOf(land)) {
    const rows = land.dynamo.peek('views', pk).flatMap(({ sk, view }) => {
      if (view?.S === undefined) return [];
      const { ref, due } = JSON.parse(view.S) as View;
      return [{ ref, due, since: sk?.S?.split('#')[0] ?? '' }];
    });
    const byRef = rows.toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
    const owed = byRef.filter(({ due }) => due);
    const others = byRef.filter(({ due }) => !due);
    const right = [
      ...owed.toSorted((a, b) => Date.parse(a.due ?? '') - Date.parse(b.due ?? '')),
      ...others.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since)),
    ].map(({ ref }) => ref);
    const shown = await read(land, list, office);
    if (shown.join() !== right.join()) wrong.push(`${pk}: ${shown}, not ${right}`);
  }
  return wrong;
};

/** One referral a page: most histories have few. */
const read = async (land: Land, list: List, office: Office): Promise<string[]> => {
  const refs: string[] = [];
  let cursor: string | undefined;
  const page = () =>
    land.ports.views.byDue(list, office, { limit: 1, ...(cursor !== undefined && { cursor }) });
  do {
    const read = await new Invocation(land, 'read a list', land.sim.count).run(page);
    if ('failure' in read) throw read.failure;
    refs.push(...read.answer.items.map(({ ref }) => ref));
    cursor = read.answer.next;
  } while (cursor !== undefined);
  return refs;
};
