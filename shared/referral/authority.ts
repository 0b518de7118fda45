import type { Office } from '../../events/envelope.ts';
import type { Directory } from './command.ts';

/**
 * An immigration or police office: it is told nothing without `share-with-authorities` for it by name, or an override. Which scopes
 * stand behind a grant is sealed, but no grant to it comes into a fact without this one (`checkRecord`), and what an office is never
 * changes. So where a grant is there, she named it.
 */
export const isAuthority = (offices: Directory, office: Office): boolean =>
  ['immigration', 'police'].includes(offices[office]?.authority ?? '');
