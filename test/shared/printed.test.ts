import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printedCommands } from '../../shared/printed.ts';
import * as consents from '../../shared/referral/consent-needs.ts';
import { needWords } from '../../shared/referral/need-words.ts';
import * as needs from '../../shared/referral/needs.ts';
import { rules } from '../../shared/referral/rules.ts';

test('the printed commands are those of the rules', () => {
  const written = readFileSync(new URL('../../COMMANDS.md', import.meta.url), 'utf8');
  expect(written).toBe(printedCommands());
});

test('every rule is printed, with words for each condition', () => {
  const rows = printedCommands()
    .split('\n')
    .filter((row) => row.startsWith('| `'));
  expect(rows).toHaveLength(Object.keys(rules).length);
  expect(rows.filter((row) => row.includes('undefined'))).toEqual([]);
  const named = Object.keys({ ...needs, ...consents });
  expect(Object.keys(needWords).toSorted()).toEqual(named.toSorted());
});
