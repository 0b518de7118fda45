import type { ConsentRecord, Paper, Scopes } from '../../events/case-file.ts';
import type { Input } from '../../events/commands.ts';
import { invalid } from '../errors.ts';
import { isAuthority } from './authority.ts';
import { codeIn } from './codes.ts';
import type { Context } from './command.ts';
import { checkShown, checkSigned } from './notice.ts';
import { countryOf } from './order.ts';

type Grant = Input<'record-consent'>['grants'][number];
type Way = Pick<Grant, 'office' | 'direction'>;
const wayOf = ({ office, direction }: Way) => `${office} ${direction}`;

/** Refuses a record that does not say, for each of these grants and no other, what the office may read. `papers`: of the file that it comes with. */
export const checkRecord = (
  record: ConsentRecord,
  grants: readonly Grant[],
  context: Context,
  field: string,
  papers: readonly Paper[] = [],
) => {
  const ways = record.scopes.map(wayOf);
  if (new Set(ways).size !== ways.length)
    throw invalid(`${field}/scopes`, 'Name each office and direction once');
  for (const [i, entry] of record.scopes.entries()) {
    const grant = grants.find((one) => wayOf(one) === wayOf(entry));
    const at = `${field}/scopes/${i}`;
    if (!grant) throw invalid(at, 'Must be the office and direction of a grant');
    checkScopes(entry, grant, context, at);
    checkWhich(entry, at);
  }
  const silent = grants.find((grant) => !ways.includes(wayOf(grant)));
  if (silent)
    throw invalid(
      `${field}/scopes`,
      `Say what ${silent.office} may read in direction ${silent.direction}`,
    );
  checkShown(record, papers, field);
  checkSigned(record, papers, context, field);
  const shared = record.scopes.flatMap((entry) => entry.children ?? []);
  if (shared.some((child) => !record.children?.some((one) => one.child === child)))
    throw invalid(`${field}/children`, 'Say who consented for each child whose data are shared');
};

const checkScopes = (
  { scopes }: Scopes,
  grant: Grant,
  { codes: { consentScopes }, offices, at }: Context,
  field: string,
) => {
  if (new Set(scopes).size !== scopes.length)
    throw invalid(`${field}/scopes`, 'Name each scope once');
  if (!offices[grant.office])
    throw invalid(`${field}/office`, 'Must be an office of the directory');
  const authority = isAuthority(offices, grant.office);
  for (const [j, code] of scopes.entries()) {
    const one = `${field}/scopes/${j}`;
    const { stage, per } = codeIn(consentScopes, code, one, at);
    if (stage !== null && !grant.stages.includes(stage))
      throw invalid(one, `The grant must have stage ${stage}`);
    if (per === 'direction' && code !== crossing(grant))
      throw invalid(one, 'Must be the direction of the grant');
    if (per === 'authority' && !authority)
      throw invalid(one, 'Only for an immigration or police office');
  }
  const needed = consentScopes.filter(
    ({ code, ask, per, stage }) =>
      (ask === 'required' && grant.stages.some((has) => has === stage)) ||
      (ask === 'required-to-cross' && code === crossing(grant)) ||
      (per === 'authority' && authority) ||
      (code === 'onward-referral' && (grant.onward ?? []).length > 0),
  );
  const missing = needed.filter(({ code }) => !scopes.includes(code));
  if (missing.length > 0)
    throw invalid(
      `${field}/scopes`,
      `This grant needs: ${missing.map(({ code }) => code).join(', ')}`,
    );
};

/** The scope that a grant needs to cross the border; none inside a country. */
const crossing = ({ office, direction }: Way) =>
  direction === countryOf(office) ? undefined : `cross-border-${direction}`;

/** Scopes that are given piece by piece, and where the pieces are named. */
const pieces = {
  identity: 'share-identity',
  children: 'share-child-data',
  documents: 'share-documents',
} as const;

/** Nothing is named without its scope. */
const checkWhich = ({ scopes, ...entry }: Scopes, field: string) => {
  for (const [name, scope] of Object.entries(pieces) as [keyof typeof pieces, string][]) {
    const named: readonly unknown[] = entry[name] ?? [];
    const message = `Name each once, exactly where ${scope} is given`;
    const once = new Set(named).size === named.length;
    if (!once || scopes.includes(scope) !== named.length > 0)
      throw invalid(`${field}/${name}`, message);
  }
};
