import type { ConsentRecord, Paper, Scopes } from '../../events/case-file.ts';
import { invalid } from '../errors.ts';
import type { Context } from './command.ts';
import { opens } from './scopes.ts';

/** Papers that bear such a number. */
const numbered: readonly Paper['kind'][] = ['passport', 'identity-card'];

/** By which scopes this shares the number of a document: named in the notice, and signed, apart from the rest (`facts.md` §3). */
const sharingNumbers = (
  { identity = [], documents = [] }: Scopes,
  papers: readonly Paper[],
): string[] => {
  const kinds = documents.flatMap((place) => papers[place - 1]?.kind ?? []);
  return [
    ...(identity.includes('document') ? ['share-identity'] : []),
    ...(kinds.some((kind) => numbered.includes(kind)) ? ['share-documents'] : []),
  ];
};

/** Nothing is shared that the notice did not name. `papers`: those of the file, as far as it is seen. */
export const checkShown = (
  { items, scopes }: ConsentRecord,
  papers: readonly Paper[],
  field: string,
) => {
  const shared = scopes.flatMap((entry) => [
    ...entry.scopes.flatMap((code) => opens[code] ?? []),
    ...(sharingNumbers(entry, papers).length > 0 ? ['identity-number' as const] : []),
  ]);
  const hidden = [...new Set(shared)].filter((item) => !items.includes(item));
  if (hidden.length > 0)
    throw invalid(`${field}/items`, `The notice must name what is shared: ${hidden.join(', ')}`);
};

/** What the law wants signed apart is, and nothing is signed that is not given. */
export const checkSigned = (
  { scopes, signatures = [] }: ConsentRecord,
  papers: readonly Paper[],
  { codes: { consentScopes } }: Context,
  field: string,
) => {
  const apart = consentScopes.filter((row) => row.separateSignature).map(({ code }) => code);
  const needed = scopes.flatMap((entry) => [
    ...entry.scopes.filter((code) => apart.includes(code)),
    ...sharingNumbers(entry, papers),
  ]);
  const signed = signatures.map(({ scope }) => scope);
  const missing = [...new Set(needed)].filter((code) => !signed.includes(code));
  if (missing.length > 0)
    throw invalid(`${field}/signatures`, `Each is signed apart: ${missing.join(', ')}`);
  const given = scopes.flatMap((entry) => entry.scopes);
  for (const [i, scope] of signed.entries())
    if (!given.includes(scope) || signed.indexOf(scope) !== i)
      throw invalid(`${field}/signatures/${i}/scope`, 'Must be a scope of this record, each once');
};
