import { describe, expect, test } from 'vitest';
import { codes } from '../../shared/codes.ts';
import type { Command } from '../../shared/referral/command.ts';
import { checkComment } from '../../shared/referral/comments.ts';
import { caseFile } from '../support/case-file.ts';
import { command, refusal } from '../support/given.ts';
import { abroad, worker } from '../support/people.ts';

const caller = worker(abroad);
const missing = { code: 'invalid-field', status: 422 };

/** Every command that takes a code of a list with `comment`, and where its text stands. */
const takers: [Command['do'], keyof typeof codes, string, (code: string) => object][] = [
  ['decline', 'declineReasons', '/comment', (reason) => ({ reason })],
  ['withdraw-acceptance', 'declineReasons', '/comment', (reason) => ({ reason })],
  ['withdraw', 'cancellationReasons', '/comment', (reason) => ({ reason })],
  ['stop-line', 'cancellationReasons', '/comment', (reason) => ({ line: 'l1', reason })],
  ['request-cancellation', 'cancellationReasons', '/comment', (reason) => ({ reason })],
  ['hold', 'holdReasons', '/comment', (reason) => ({ reason })],
  ['close', 'outcomes', '/note', (outcome) => ({ outcomes: [{ line: 'l1', outcome }] })],
  ['submit', 'serviceCategories', '/caseFile/reason', () => ({})],
];

const summary = (category: string) => ({ ...caseFile().summary, categories: [category] });
const bodyOf = (name: string, code: string, text: string | undefined) => ({
  ...(name === 'submit' && { caseFile: { ...caseFile(), summary: summary(code), reason: text } }),
  ...(name === 'close' ? { note: text } : { comment: text }),
});

describe.each(takers)('%s', (name, list, field, inputOf) => {
  const rows = codes[list] as readonly { code: string; comment: string }[];

  test.each(rows.map(({ code, comment }) => [code, comment]))(
    '%s: a comment is %s',
    (code, comment) => {
      const run = (text?: string) =>
        checkComment(command(name, caller, inputOf(code)), bodyOf(name, code, text), codes);
      if (comment === 'required') expect(refusal(() => run())).toEqual({ ...missing, field });
      else expect(run()).toBeUndefined();
      if (comment === 'refused') expect(refusal(() => run('words'))).toEqual({ ...missing, field });
      else expect(run('words')).toBeUndefined();
    },
  );
});

test('every list that says something of comments is asked, and no other says it', () => {
  const asked = new Set(takers.map(([, list]) => list));
  for (const [list, rows] of Object.entries(codes)) {
    const said = rows.map((row) => (row as { comment?: string }).comment);
    const known = said.every((one) => ['required', 'optional', 'refused'].includes(one ?? ''));
    expect([list, known]).toEqual([list, asked.has(list as keyof typeof codes)]);
  }
});

test('one outcome of two is enough to need words', () => {
  const outcomes = ['service-completed', 'other'].map((outcome, i) => ({
    line: `l${i + 1}`,
    outcome,
  }));
  const closed = command('close', caller, { outcomes });
  expect(refusal(() => checkComment(closed, {}, codes))).toEqual({ ...missing, field: '/note' });
});
