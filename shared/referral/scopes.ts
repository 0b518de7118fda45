import type { Item } from '../../events/case-file.ts';

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
