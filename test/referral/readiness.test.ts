import { expect, test } from 'vitest';
import type { Paper } from '../../events/case-file.ts';
import type { Fact, Office } from '../../events/envelope.ts';
import { fold } from '../../shared/referral/fold.ts';
import { readinessOf } from '../../shared/referral/readiness.ts';
import { caseFile } from '../support/case-file.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, home, offices, sender } from '../support/people.ts';
import { accepted, declined } from '../support/steps.ts';

const categories = [
  { line: 'l1', category: 'legal-divorce' },
  { line: 'l2', category: 'civil-status-documents' },
] as never;
const summary = { ...caseFile().summary, categories };
const asking = { service: 'legal-divorce', documents: ['court-paper', 'passport'] };
const directory = {
  ...offices,
  [home]: { active: true, takesReferrals: true, requiredDocuments: [asking] },
};
const served = log(submitted({ lines: [[home], [abroad]] }), accepted({ office: home }));

const ready = (
  facts: readonly Fact[],
  as: 'sender' | 'receiver',
  reader: Office,
  kinds: readonly Paper['kind'][],
) => {
  const { referral } = fold(facts);
  if (!referral) throw new Error('no referral');
  const documents = kinds.map((kind, i) => ({ kind, document: i + 1 }));
  const access = { as, served: (as === 'sender' ? ['l1', 'l2'] : ['l1']) as never };
  return readinessOf(referral, access, { reader, offices: directory }, { summary, documents });
};
const row = { line: 'l1', office: home, required: asking.documents };

test('names what the office needs for a line, and what is missing of it', () => {
  expect(ready(served, 'receiver', home, [])).toEqual([{ ...row, missing: asking.documents }]);
  expect(ready(served, 'receiver', home, ['passport', 'other'])).toEqual([
    { ...row, missing: ['court-paper'] },
  ]);
  const both = ['court-paper', 'passport'] as const;
  expect(ready(served, 'receiver', home, both)).toEqual([{ ...row, missing: [] }]);
});

test('tells the sender what each office at work needs, and no office that is done', () => {
  expect(ready(served, 'sender', sender, ['passport'])).toEqual([
    { ...row, missing: ['court-paper'] },
  ]);
  const begun = log(submitted({ lines: [[home], [abroad]] }));
  expect(ready(onward(begun, declined({ office: home })), 'sender', sender, [])).toEqual([]);
});

test('an office reads of the lines that it serves, and of no service that it asks nothing for', () => {
  const papers = { service: 'civil-status-documents', documents: ['passport'] };
  const both = { ...directory[home], requiredDocuments: [asking, papers] };
  const rows = (entry: object, lines: readonly string[], file: object = { summary }) => {
    const { referral } = fold(served);
    if (!referral) throw new Error('no referral');
    const access = { as: 'receiver', served: lines } as never;
    const all = { ...directory, [home]: entry } as never;
    return readinessOf(referral, access, { reader: home, offices: all }, file).map((r) => r.line);
  };
  expect(rows(both, ['l1', 'l2'])).toEqual(['l1', 'l2']);
  expect(rows(both, ['l1'])).toEqual(['l1']);
  expect(rows({ ...both, requiredDocuments: [asking] }, ['l1', 'l2'])).toEqual(['l1']);
  expect(rows(both, ['l1'], {})).toEqual([]);
  expect(ready(served, 'receiver', 'kr-nobody' as Office, [])).toEqual([]);
});

test('has nothing to say of a line whose office asks for nothing', () => {
  expect(ready(served, 'receiver', abroad, [])).toEqual([]);
});
