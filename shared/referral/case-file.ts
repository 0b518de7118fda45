import type { CaseFile, GivenBy, SafeContact } from '../../events/case-file.ts';
import type { Input } from '../../events/commands.ts';
import type { Instant, Reach } from '../../events/envelope.ts';
import type { Amendable, LineId } from '../../events/referral.ts';
import { invalid } from '../errors.ts';
import { fields } from './case-file-parts.ts';
import { checkLines } from './checks.ts';
import { codeIn, reasonsOf } from './codes.ts';
import type { Context } from './command.ts';
import { checkRecord } from './consent-record.ts';
import { ageAt, giversAt, herAge } from './givers.ts';

type Submission = Pick<Input<'submit'>, 'reach' | 'lines' | 'consent'>;

/** Refuses a case file that does not fit its coded part, the code lists, or what the law asks of a consent. */
export const checkCaseFile = (
  file: CaseFile,
  { reach, lines, consent }: Submission,
  context: Context,
) => {
  checkCategories(file.summary, lines.length, context, '/caseFile');
  checkContact(file.safeContact, context, '/caseFile/safeContact');
  checkChildren(file, lines.length, context.at, '/caseFile');
  for (const [i, { child }] of file.documents.entries())
    checkOrdinal(child, file.children.length, `/caseFile/documents/${i}/child`);
  checkRecord(file.consent, consent.grants, context, '/caseFile/consent', file.documents);
  for (const [i, { children = [], documents = [] }] of file.consent.scopes.entries()) {
    const field = `/caseFile/consent/scopes/${i}`;
    for (const [j, child] of children.entries())
      checkOrdinal(child, file.children.length, `${field}/children/${j}`);
    for (const [j, document] of documents.entries())
      checkOrdinal(document, file.documents.length, `${field}/documents/${j}`);
  }
  checkGivers(file, reach, context.at);
};

/** What an amendment names comes with it, and nothing else. */
export const checkAmendment = (
  brought: Partial<CaseFile>,
  parts: readonly Amendable[],
  reach: Reach,
  context: Context,
) => {
  for (const [part, field] of Object.entries(fields) as [Amendable, keyof CaseFile][])
    if (parts.includes(part) !== (brought[field] !== undefined))
      throw invalid('/parts', `Name \`${part}\` where \`${field}\` comes, and only there`);
  const { identity: { birthDate } = {}, safeContact } = brought;
  if (safeContact) checkContact(safeContact, context, '/safeContact');
  checkBorn(birthDate, '/identity/birthDate', context.at);
  if (birthDate && !giversAt(ageAt(birthDate, context.at), reach).includes('self'))
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
const checkGivers = (file: CaseFile, reach: Reach, at: Instant) => {
  const { children, consent } = file;
  const field = '/caseFile/consent';
  checkGiver(consent.givenBy, herAge(file, at), reach, `${field}/givenBy`);
  const said = consent.children ?? [];
  for (const [i, { child, givenBy }] of said.entries()) {
    const one = `${field}/children/${i}`;
    checkOrdinal(child, children.length, `${one}/child`);
    if (said.findIndex((other) => other.child === child) !== i)
      throw invalid(`${one}/child`, 'Name each child once');
    const born = children[child - 1]?.birthDate;
    if (born) checkGiver(givenBy, ageAt(born, at), reach, `${one}/givenBy`);
  }
};

const checkGiver = (givenBy: GivenBy, age: number, reach: Reach, field: string) => {
  const may = giversAt(age, reach);
  if (!may.includes(givenBy)) throw invalid(field, `Must be at this age: ${may.join(' or ')}`);
};
