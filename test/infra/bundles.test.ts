import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from '../../infra/parts/bundle.ts';

const entries = globSync('*/*.ts', { cwd: 'functions' }).sort();

test.each(entries)('%s starts as a module on Node 24 and has a handler', (entry) => {
  const load = `import { handler } from ${JSON.stringify(join(bundle(entry), 'index.mjs'))};`;
  const print = `${load} console.log(typeof handler)`;
  const module = ['--input-type=module', '-e', print]; // plain `-e` would have a `require` to lend
  const answer = execFileSync(process.execPath, module, { encoding: 'utf8' });
  expect(answer.trim()).toBe('function');
});

/** The entries with a string in their bundle that only this package has. */
const having = (mark: string) =>
  entries.filter((entry) =>
    globSync('*.mjs', { cwd: bundle(entry) }).some((file) =>
      readFileSync(join(bundle(entry), file), 'utf8').includes(mark),
    ),
  );

test.each([
  ['jose', 'ERR_JWS_INVALID', ['api/authorize.ts', 'api/office.ts', 'border/disclose.ts']],
  [
    'the encryption SDK',
    'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
    ['api/sealed-command.ts', 'border/arrival-overdue.ts', 'border/disclose.ts'],
  ],
  ['S3', 'ListObjectVersions', ['api/documents.ts', 'border/disclose.ts', 'vault/erase.ts']],
  ['forms for S3', 'content-length-range', ['api/documents.ts']],
  ['addresses of S3', 'Request to be presigned', ['border/disclose.ts']],
  ['undici', 'UND_ERR_CONNECT_TIMEOUT', ['webhooks/deliver.ts']],
])('only what needs %s carries it', (_, mark, carriers) => {
  expect(having(mark)).toEqual(carriers);
});
