import type { AgeBand, CaseFile, GivenBy, SafeContact } from '../../events/case-file.ts';
import type { Input } from '../../events/commands.ts';
import type { Country, Instant } from '../../events/envelope.ts';
import type { Amendable, LineId } from '../../events/referral.ts';
import { invalid } from '../errors.ts';
import { fields } from './case-file-parts.ts';
import { checkLines } from './checks.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Context } from './command.ts';
import { checkRecord } from './consent-record.ts';

type Submission = Pick<Input<'submit'>, 'lines' | 'consent'>;

/** Refuses a case file that does not fit its coded part, the code lists, or what the law asks of a consent. */
export const checkCaseFile = (file: CaseFile, { lines, consent }: Submission, context: Context) => {
  checkCategories(file.summary, lines.length, context, '/caseFile');
  checkContact(file.safeContact, context, '/caseFile/safeContact');
  checkChildren(file, lines.length, context.at, '/caseFile');
  for (const [i, { child }] of file.documents.entries())
    checkOrdinal(child, file.children.length, `/caseFile/documents/${i}/child`);
  checkRecord(file.consent, consent.grants, context, '/caseFile/consent');
  for (const [i, { children = [], documents = [] }] of file.consent.scopes.entries()) {
    const field = `/caseFile/consent/scopes/${i}`;
    for (const [j, child] of children.entries())
      checkOrdinal(child, file.children.length, `${field}/children/${j}`);
    for (const [j, document] of documents.entries())
      checkOrdinal(document, file.documents.length, `${field}/documents/${j}`);
  }
  checkGivers(file, context);
};

/** What an amendment names comes with it, and nothing else. */
export const checkAmendment = (
  brought: Partial<CaseFile>,
  parts: readonly Amendable[],
  context: Context,
) => {
  for (const [part, field] of Object.entries(fields) as [Amendable, keyof CaseFile][])
    if (parts.includes(part) !== (brought[field] !== undefined))
      throw invalid('/parts', `Name \`${part}\` where \`${field}\` comes, and only there`);
  const { identity: { birthDate } = {}, safeContact } = brought;
  if (safeContact) checkContact(safeContact, context, '/safeContact');
  checkBorn(birthDate, '/identity/birthDate', context.at);
  if (birthDate && !giversAt[context.country](ageAt(birthDate, context.at)).includes('self'))
    throw invalid(
      '/identity/birthDate',
      'At this age somebody else must consent too: refer her anew, with that consent',
    );
};

const checkCategories = (
  summary: CaseFile['summary'],
  lines: number,
  { codes, at }: Context,
  root: string,
) => {
  const field = `${root}/summary/categories`;
  if (summary.categories.length !== lines) throw invalid(field, 'Name one category a line');
  for (const [i, category] of summary.categories.entries())
    codeIn(codes.serviceCategories, category, `${field}/${i}`, at);
};

/** `field`: where it stands in the body. */
export const checkContact = (safeContact: SafeContact, { codes, at }: Context, field: string) => {
  if (!safeContact.known) return;
  const list = reasonsOf(codes, 'channel');
  for (const [i, { channel }] of safeContact.channels.entries())
    codeIn(list, channel, `${field}/channels/${i}/channel`, at);
  for (const [i, { opens_at, closes_at }] of (safeContact.hours?.schedules ?? []).entries())
    if (closes_at <= opens_at)
      throw invalid(
        `${field}/hours/schedules/${i}/closes_at`,
        'Must be later than it opens: hours over midnight are two entries',
      );
  for (const [i, channel] of safeContact.forbidden.entries()) {
    codeIn(list, channel, `${field}/forbidden/${i}`, at);
    if (safeContact.channels.some((allowed) => allowed.channel === channel))
      throw invalid(`${field}/forbidden/${i}`, 'Must not be among the channels that may be used');
  }
};

const checkChildren = (
  { children, identity }: Pick<CaseFile, 'children' | 'identity'>,
  lines: number,
  at: Instant,
  root: string,
) => {
  checkBorn(identity?.birthDate, `${root}/identity/birthDate`, at);
  const all = Array.from({ length: lines }, (_, i) => `l${i + 1}` as LineId);
  for (const [i, child] of children.entries()) {
    checkLines(child.lines, all, `${root}/children/${i}/lines`);
    checkBorn(child.birthDate, `${root}/children/${i}/birthDate`, at);
  }
};

/** Korea is nine hours ahead of UTC. */
const MOST_AHEAD = 9 * 3_600_000;

const checkBorn = (birthDate: string | undefined, field: string, at: Instant) => {
  const today = new Date(Date.parse(at) + MOST_AHEAD).toISOString().slice(0, 10);
  if (birthDate !== undefined && birthDate > today)
    throw invalid(field, 'Must not be in the future');
};

const checkOrdinal = (ordinal: number | undefined, most: number, field: string) => {
  if (ordinal !== undefined && ordinal > most)
    throw invalid(field, `Must be the place in a list of ${most}`);
};

/** Who had to consent: for the person by her age, and for each child whose data are shared by its own. */
const checkGivers = ({ summary, identity, children, consent }: CaseFile, context: Context) => {
  const { country, at } = context;
  const field = '/caseFile/consent';
  const age = identity?.birthDate ? ageAt(identity.birthDate, at) : ages[summary.ageBand];
  checkGiver(consent.givenBy, age, country, `${field}/givenBy`);
  const said = consent.children ?? [];
  for (const [i, { child, givenBy }] of said.entries()) {
    const one = `${field}/children/${i}`;
    checkOrdinal(child, children.length, `${one}/child`);
    if (said.findIndex((other) => other.child === child) !== i)
      throw invalid(`${one}/child`, 'Name each child once');
    const born = children[child - 1]?.birthDate;
    if (born) checkGiver(givenBy, ageAt(born, at), country, `${one}/givenBy`);
  }
};

/** The strictest age that a band may mean, where no birth date is known. */
const ages: Readonly<Record<AgeBand, number>> = {
  'under-14': 13,
  '14-17': 14,
  '18-24': 18,
  '25-34': 25,
  '35-49': 35,
  '50-64': 50,
  '65-and-over': 65,
};

const ageAt = (birthDate: string, at: Instant): number => {
  const years = Number(at.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return at.slice(5, 10) < birthDate.slice(5) ? years - 1 : years;
};

/** `facts.md` §3. In Viet Nam a child is under 16 (Law on Children 2016, Article 1). */
const giversAt: Readonly<Record<Country, (age: number) => readonly GivenBy[]>> = {
  kr: (age) => (age < 14 ? ['guardian', 'both'] : ['self', 'guardian', 'both']),
  vn: (age) => {
    if (age < 7) return ['guardian', 'both'];
    return age < 16 ? ['both'] : ['self', 'guardian', 'both'];
  },
};

const checkGiver = (givenBy: GivenBy, age: number, country: Country, field: string) => {
  const may = giversAt[country](age);
  if (!may.includes(givenBy)) throw invalid(field, `Must be at this age: ${may.join(' or ')}`);
};
