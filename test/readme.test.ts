import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'readme.test.ts')
  .map((file) => readFileSync(join(root, 'test', file), 'utf8'))
  .join('\n');

const section = (title: string) => readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const promises = [...section('What it promises').matchAll(/^- (.+)$/gm)].map(([, line]) => line);

test('the README makes promises', () => expect(promises.length).toBeGreaterThan(10));

test.each(promises)('“%s” is the name of a test', (promise) => {
  expect(tests).toMatch(
    new RegExp(`test(\\.each\\([^)]*\\))?\\(\\s*['"\`]${escaped(promise ?? '')}`),
  );
});

test('every npm script that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm run (?:-s )?([a-z]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !((name as string) in scripts))).toEqual([]);
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
