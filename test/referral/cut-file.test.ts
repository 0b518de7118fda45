import { describe, expect, test } from 'vitest';
import { type CaseFile, IdentityField, type Scopes } from '../../events/case-file.ts';
import type { Direction, GrantId, LineId } from '../../events/referral.ts';
import { partsOf } from '../../shared/referral/case-file-parts.ts';
import { cutFile, seesDocuments } from '../../shared/referral/cut-file.ts';
import type { Access } from '../../shared/referral/gate.ts';
import { opens } from '../../shared/referral/scopes.ts';
import { caseFile } from '../support/case-file.ts';
import { abroad, union } from '../support/people.ts';

const [elder, younger, third] = ['l1', 'l2', 'l1'].map((line, i) => ({
  name: `INVENTED CHILD ${i + 1}`,
  birthDate: '2022-06-01',
  lines: [line, 'l3'] as LineId[],
})) as [CaseFile['children'][0], CaseFile['children'][0], CaseFile['children'][0]];
const plain = caseFile();
const file: CaseFile = {
  ...plain,
  summary: { ...plain.summary, categories: ['legal-divorce', 'gbv-response', 'health'] },
  children: [elder, younger, third],
  documents: [
    { kind: 'court-paper' },
    { kind: 'passport', child: 1 },
    { kind: 'passport', child: 2 },
  ],
};
const parts = partsOf(file);

const lines = ['l1'] as LineId[];
const grants = ['kr1-1'] as GrantId[];
const access: Access = {
  ...{ as: 'receiver', by: 'consent', stage: 2, grants, lines, served: lines, masked: false },
};
const scopes = (...codes: string[]): Scopes => ({
  office: abroad,
  direction: 'kr-vn' as Direction,
  scopes: codes,
});
const identity = [...IdentityField.options];
const all = {
  ...scopes(...Object.keys(opens)),
  identity,
  children: [1, 2, 3],
  documents: [1, 2, 3],
};
const summary = {
  ageBand: '25-34',
  language: 'vi',
  area: 'kr-seoul',
  categories: [{ line: 'l1', category: 'legal-divorce' }],
};

test('the first stage is the summary of its own lines, whatever else she allowed', () => {
  const early = { ...access, stage: 1, served: [] } as const;
  expect(cutFile(parts, early, all)).toEqual({ summary });
  expect(cutFile(parts, early, scopes('share-identity'))).toEqual({});
  expect(cutFile(parts, early, undefined)).toEqual({});
});

test.each([
  ['share-coded-summary', { summary }],
  ['share-identity', {}],
  ['share-contact', { contact: file.safeContact, travelDate: file.travelDate }],
  ['share-reason', { reason: file.reason }],
  ['share-sensitive-gbv', { gbv: file.sensitive?.gbv }],
  ['share-sensitive-health', { health: file.sensitive?.health }],
  ['share-child-data', {}],
  ['share-documents', {}],
  ['statistics', {}],
  ['constructor', {}],
])('%s opens its part and no other', (code, part) => {
  const given = scopes(code);
  expect(cutFile(parts, access, given)).toEqual({ ...part, scopes: given });
});

test('nothing was found of her consent: nothing is open', () =>
  expect(cutFile(parts, access, undefined)).toEqual({}));

describe('her identity', () => {
  const reads = (ticked: IdentityField[], of: Partial<Access> = {}) =>
    cutFile(parts, { ...access, ...of }, { ...scopes('share-identity'), identity: ticked })
      .identity;

  test.each(IdentityField.options)(
    'is read by the field that she ticked, and no other: %s',
    (field) => {
      expect(reads([field])).toEqual({ [field]: file.identity?.[field] });
      const others = identity.filter((one) => one !== field);
      expect(Object.keys(reads(others) ?? {})).toEqual(others);
    },
  );

  test('is not there where none of what she ticked is known', () => {
    const bare = partsOf({ ...file, identity: { name: 'INVENTED WOMAN' } });
    const way = { ...scopes('share-identity'), identity: ['document' as const] };
    expect(cutFile(bare, access, way)).toEqual({ scopes: way });
  });

  test('takes the scope besides', () => {
    const way = { ...scopes('share-reason'), identity };
    expect(cutFile(parts, access, way)).not.toHaveProperty('identity');
  });

  test('is whole for who wrote it, and under an override', () => {
    for (const by of ['own', 'override'] as const) expect(reads([], { by })).toEqual(file.identity);
  });
});

describe('a child', () => {
  const some = (children: number[], of: Partial<Access> = {}) =>
    cutFile(parts, { ...access, ...of }, { ...scopes('share-child-data'), children }).children;
  const first = { ...elder, child: 1, lines: ['l1'] };

  test('is read where she named it and a line that the office serves concerns it', () => {
    expect(some([1, 2])).toEqual([first]);
    expect(some([1, 2, 3])?.map(({ child }) => child)).toEqual([1, 3]);
    expect(some([2])).toBeUndefined();
  });

  test('is not read for a line that the office does not serve yet', () =>
    expect(some([1, 2], { lines: ['l1', 'l2'] as LineId[] })).toEqual([first]));

  test('keeps its papers to itself', () => {
    const papers = (more: object) =>
      cutFile(parts, access, { ...all, ...more }).documents?.map(({ document }) => document);
    expect(papers({})).toEqual([1, 2]);
    expect(papers({ children: [2, 3] })).toEqual([1]);
    expect(papers({ documents: [2, 3] })).toEqual([2]);
    expect(papers({ documents: undefined })).toBeUndefined();
    expect(papers({ scopes: ['share-documents'] })).toEqual([1]);
  });
});

test('whether it reads of documents at all is by stage and scope, whatever it reads as', () => {
  const allowed = scopes('share-documents');
  expect(seesDocuments(access, allowed)).toBe(true);
  expect(seesDocuments(access, scopes('share-reason'))).toBe(false);
  expect(seesDocuments(access, undefined)).toBe(false);
  expect(seesDocuments({ ...access, stage: 1 }, allowed)).toBe(false);
  expect(seesDocuments({ ...access, as: 'sender', by: 'own' }, undefined)).toBe(true);
  expect(seesDocuments({ ...access, as: 'checker', by: 'own' }, allowed)).toBe(false);
});

test('without scopes nothing is read by consent, of children and papers neither', () => {
  for (const part of parts) expect(cutFile([part], access, undefined)).toEqual({});
  expect(cutFile(parts, { ...access, by: 'check' }, all)).toEqual({});
  const named = scopes('share-child-data', 'share-documents', 'share-identity');
  expect(cutFile(parts, access, named)).toEqual({ scopes: named });
});

test('who wrote it reads all of it, the record of consent too', () => {
  const every = ['l1', 'l2', 'l3'] as LineId[];
  const own: Access = { ...access, as: 'sender', by: 'own', lines: every, served: every };
  expect(cutFile(parts, own, undefined)).toEqual({
    summary: {
      ...summary,
      categories: every.map((line, i) => ({ line, category: file.summary.categories[i] })),
    },
    identity: file.identity,
    contact: file.safeContact,
    reason: file.reason,
    ...file.sensitive,
    children: file.children.map((child, i) => ({ ...child, child: i + 1 })),
    documents: file.documents.map((paper, i) => ({ ...paper, document: i + 1 })),
    travelDate: file.travelDate,
    consent: file.consent,
  });
});

test('an override opens what concerns the lines of the office, without scopes, and not the record', () => {
  const cut = cutFile(parts, { ...access, by: 'override', grants: [] }, undefined);
  expect(Object.keys(cut).toSorted()).toEqual([
    ...['children', 'contact', 'documents', 'gbv', 'health', 'identity', 'reason', 'summary'],
    'travelDate',
  ]);
  expect(cut.summary).toEqual(summary);
  expect(cut.children?.map(({ child }) => child)).toEqual([1, 3]);
});

test('the checker reads the safe contact, and nothing else', () => {
  const none = { grants: [], lines: [], served: [] };
  const checker: Access = { ...access, ...none, as: 'checker', by: 'check' };
  expect(cutFile(parts, checker, all)).toEqual({ contact: file.safeContact });
  expect(cutFile(parts, { ...checker, masked: true }, all)).toEqual({});
});

test('a safety hold takes away how and when she can be reached, from whoever reads', () => {
  for (const by of ['own', 'consent', 'override'] as const) {
    const cut = cutFile(parts, { ...access, by, masked: true }, all);
    expect(cut).toMatchObject({ identity: file.identity });
    expect(cut).not.toHaveProperty('contact');
    expect(cut).not.toHaveProperty('travelDate');
    expect(JSON.stringify(cut)).not.toContain('INVENTED WORD');
  }
});

test('what is not in the vault is not in the answer', () => {
  const bare = parts.filter(({ part }) => part === 'reason');
  const own: Access = { ...access, as: 'sender', by: 'own' };
  expect(cutFile(bare, own, undefined)).toEqual({ reason: file.reason });
  expect(cutFile([], access, { ...all, office: union })).toEqual({
    scopes: { ...all, office: union },
  });
});
