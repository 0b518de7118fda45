import { listedIn } from '../../shared/project.ts';
import type { Land } from './land.ts';

/** Rows of the lists that do not say what the ledger says. */
export const wrongRows = (land: Land): string[] => {
  const shown = new Map<string, string>();
  for (const pk of land.dynamo.keys('views')) {
    const [list] = pk.split('#');
    if (list !== 'inbox' && list !== 'sent') continue;
    for (const { sk, view } of land.dynamo.peek('views', pk))
      shown.set(`${pk} ${sk?.S}`, view?.S ?? '');
  }
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
