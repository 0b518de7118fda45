import type { ConsentRecord, Scopes } from '../../events/case-file.ts';
import { invalid } from '../errors.ts';
import type { Context } from './command.ts';
import { opens } from './scopes.ts';

/** The number of her document: named in the notice, and signed, apart from the rest of who she is (`facts.md` §3). */
const sharesNumber = ({ identity = [] }: Scopes) => identity.includes('document');

/** Nothing is shared that the notice did not name. */
export const checkShown = ({ items, scopes }: ConsentRecord, field: string) => {
  const shared = scopes.flatMap((entry) => [
    ...entry.scopes.flatMap((code) => opens[code] ?? []),
    ...(sharesNumber(entry) ? ['identity-number' as const] : []),
  ]);
  const hidden = [...new Set(shared)].filter((item) => !items.includes(item));
  if (hidden.length > 0)
    throw invalid(`${field}/items`, `The notice must name what is shared: ${hidden.join(', ')}`);
};

/** What the law wants signed apart is, and nothing is signed that is not given. */
export const checkSigned = (
  { scopes, signatures = [] }: ConsentRecord,
  { codes: { consentScopes } }: Context,
  field: string,
) => {
  const apart = consentScopes.filter((row) => row.separateSignature).map(({ code }) => code);
  const needed = scopes.flatMap((entry) => [
    ...entry.scopes.filter((code) => apart.includes(code)),
    ...(sharesNumber(entry) ? ['share-identity'] : []),
  ]);
  const signed = signatures.map(({ scope }) => scope);
  const missing = [...new Set(needed)].filter((code) => !signed.includes(code));
  if (missing.length > 0)
    throw invalid(`${field}/signatures`, `Each is signed apart: ${missing.join(', ')}`);
  for (const [i, scope] of signed.entries())
    if (!needed.includes(scope) || signed.indexOf(scope) !== i)
      throw invalid(
        `${field}/signatures/${i}/scope`,
        'Must be a scope of this record that is signed apart, each once',
      );
};
