import type { Item, Scopes } from '../../events/case-file.ts';
import type { Grant } from './state.ts';

/** Without it no other scope counts for an immigration or police office. */
export const BY_NAME = 'share-with-authorities';

/** What each scope of `consent-scopes` opens of a case file; the others open nothing. */
export const opens: Readonly<Record<string, Item>> = {
  'share-coded-summary': 'summary',
  'share-identity': 'identity',
  'share-contact': 'contact',
  'share-reason': 'reason',
  'share-sensitive-gbv': 'gbv',
  'share-sensitive-health': 'health',
  'share-child-data': 'children',
  'share-documents': 'documents',
};

/** What every record of such a grant gives: `checkRecord` takes none without it. */
export const certainOf = ({ office, direction, stages }: Grant): Scopes => ({
  office,
  direction,
  scopes: stages.includes(1) ? ['share-coded-summary', BY_NAME] : [],
});
