import { CaseFile, ConsentRecord } from '../../events/case-file.ts';
import type { Office } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { countryOf } from '../../shared/referral/order.ts';
import { submission } from './commands.ts';
import { sender } from './people.ts';

// Nobody: names, numbers and stories are marked as invented.

export type Grant = {
  readonly office: Office;
  readonly direction: string;
  readonly stages: readonly number[];
  readonly onward?: readonly Office[];
};

const identity = ['name', 'birthDate', 'nationality', 'document'];
const evidenceHash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
const shared = ['identity', 'contact', 'reason', 'sensitive-gbv', 'sensitive-health'];

/** Everything that a grant may open: one child, one document. */
export const scopesOf = ({ office, direction, stages, onward = [] }: Grant) => ({
  office,
  direction,
  scopes: [
    ...(stages.includes(1) ? ['share-coded-summary'] : []),
    ...(stages.includes(2) ? shared.map((one) => `share-${one}`) : []),
    ...(stages.includes(2) ? ['share-child-data', 'share-documents'] : []),
    ...(direction === countryOf(office) ? [] : [`cross-border-${direction}`]),
    ...(onward.length > 0 ? ['onward-referral'] : []),
  ],
  ...(stages.includes(2) && { identity, children: [1], documents: [1] }),
});

type Entry = {
  readonly scopes: readonly string[];
  readonly identity?: readonly string[] | undefined;
  readonly [more: string]: unknown;
};

/** What of these scopes the law wants signed apart. */
export const signedApart = (entries: readonly Entry[]) => {
  const apart = entries.flatMap(({ scopes, identity: ticked = [] }) => [
    ...scopes.filter((one) => /^cross-border-|^share-sensitive-/.test(one)),
    ...(ticked.includes('document') ? ['share-identity'] : []),
  ]);
  return [...new Set(apart)].map((scope) => ({ scope, evidenceHash }));
};

/** The record behind these grants. */
export const record = (
  grants: readonly Grant[],
  {
    scopes = grants.map(scopesOf),
    ...more
  }: { readonly scopes?: readonly Entry[]; readonly [more: string]: unknown } = {},
): ConsentRecord =>
  ConsentRecord.parse({
    language: 'vi',
    items: [
      ...['summary', 'identity', 'identity-number', 'contact', 'reason'],
      ...['gbv', 'health', 'children', 'documents'],
    ],
    purposes: ['Invented purpose'],
    method: 'paper',
    retention: 'Invented retention',
    rightToRefuseShown: true,
    givenBy: 'self',
    children: [{ child: 1, givenBy: 'guardian' }],
    interpreter: true,
    evidenceHash,
    signatures: signedApart(scopes),
    scopes,
    ...more,
  });

/** The case file of an invented woman with one child of four, for a submission of one line. */
export const caseFile = (more: object = {}, from: Office = sender): CaseFile =>
  CaseFile.parse({
    summary: { ageBand: '25-34', language: 'vi', area: 'kr-seoul', categories: ['legal-divorce'] },
    identity: {
      name: 'INVENTED WOMAN',
      birthDate: '1996-01-31',
      nationality: 'VN',
      document: { kind: 'passport', number: 'INVENTED-0001' },
    },
    safeContact: {
      known: true,
      channels: [{ channel: 'messenger', address: 'invented-woman' }, { channel: 'in-person' }],
      forbidden: ['phone'],
      hours: {
        country: 'kr',
        schedules: [{ byday: 'MO,TU', opens_at: '10:00', closes_at: '12:00' }],
      },
      codeWord: 'INVENTED WORD',
      mayLeaveMessage: false,
    },
    reason: 'An invented reason',
    sensitive: { gbv: 'An invented story', health: 'An invented illness' },
    children: [{ name: 'INVENTED CHILD', birthDate: '2022-06-01', lines: ['l1'] }],
    documents: [{ kind: 'court-paper', note: 'An invented judgment', child: 1 }],
    travelDate: '2026-12-24',
    consent: record(submission(from).consent.grants as readonly Grant[]),
    ...more,
  });

/** What is sent for a command: its input, and the content that it may not come without. */
export const bodyOf = ({ do: name, input }: Pick<Command, 'do' | 'input'>): object => ({
  ...input,
  ...(name === 'submit' && { caseFile: caseFile() }),
  ...(name === 'request-information' && { questions: [{ question: 'documents-available' }] }),
  ...(name === 'close' && { needMet: 'not-asked' }),
  ...(name === 'provide-information' && { answers: ['An invented answer'] }),
  ...(name === 'record-consent' && { record: record((input as { grants: Grant[] }).grants) }),
  ...(name === 'plan-travel' && { date: '2026-12-24' }),
});

/** A submission of this office with its case file. */
export const fullSubmission = (from: Office = sender, more: object = {}) => ({
  ...submission(from),
  caseFile: caseFile({}, from),
  ...more,
});
