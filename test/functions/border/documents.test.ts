import '../../support/env.ts';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import {
  asks,
  codeOf,
  contentOf,
  db,
  files,
  goesOn,
  passed,
  path,
  ref,
} from '../../support/at-the-gate.ts';
import { logged } from '../../support/env.ts';
import { abroad, sender, stranger } from '../../support/people.ts';
import { accepted, acknowledged, consentWithdrawn } from '../../support/steps.ts';

const id = (document: number, type = 'pdf') => `d${document}-invented-0000000000001.${type}`;
const lies = (document: number, type?: string) =>
  files.put(`documents/${ref}/${document}/${id(document, type)}`, 5);
const lists = () => files.s3.commandCalls(ListObjectsV2Command).length;
const since = { known: { kr: 1, vn: 2 }, key: 'a-key-of-22-characters-2' };
const accepts = () => goesOn(acknowledged({ offer: 'kr1-1' }), accepted({ offer: 'kr1-1' }));

test('the sender reads each file of its papers for a minute, once that is written down', async () => {
  lies(1);
  lies(1, 'jpg');
  lies(2); // of a paper that the case file does not name
  files.put(`unconfirmed/${ref}/1/${id(1, 'png')}`);
  const { documents } = await contentOf(await asks(sender));
  expect(documents).toMatchObject([
    {
      ...{ document: 1, kind: 'court-paper' },
      files: [
        { id: id(1, 'jpg'), contentType: 'image/jpeg', size: 5 },
        { id: id(1), contentType: 'application/pdf', size: 5 },
      ],
    },
  ]);
  const [file] = documents[0].files;
  const url = new URL(file.url);
  expect(`${url.host}${url.pathname}`).toContain('documents-of-kr');
  expect(url.pathname).toContain(`documents/${ref}/1/${file.id}`);
  expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
  expect(url.searchParams.get('response-content-disposition')).toBe('attachment');
  expect(Date.parse(file.expires) - Date.now()).toBe(60_000);
  expect(db.ledger().at(-1)?.type).toBe('case-file.disclosed.v1');
  expect(JSON.stringify(db.ledger())).not.toContain('d1-');
  for (const hidden of ['X-Amz', 'd1-', path]) expect(logged.join()).not.toContain(hidden);
});

test('how she may be reached is read also while no file can be looked for, and that is said', async () => {
  files.s3.on(ListObjectsV2Command).rejects(new Error('no store'));
  const content = await contentOf(await asks(sender));
  expect(content).toMatchObject({ filesMissing: true, contact: { known: true } });
  expect(content.documents[0]).not.toHaveProperty('files');
});

test('an office abroad reads them once it has accepted, and not before', async () => {
  lies(1);
  expect(await contentOf(await asks(abroad))).not.toHaveProperty('documents');
  expect(lists()).toBe(0);
  accepts();
  const { documents } = await contentOf(await asks(abroad, since));
  expect(documents[0].files).toMatchObject([{ id: id(1), size: 5 }]);
});

test('a closed gate looks for none, whoever asks', async () => {
  lies(1);
  goesOn(consentWithdrawn(sender, 'kr2-1', 'kr1-1', 'kr1-2'));
  for (const office of [sender, abroad]) expect(codeOf(await asks(office))).toBe('access-closed');
  expect(codeOf(await asks(stranger))).toBe('not-found');
  expect(lists()).toBe(0);
});

test('who reads documents reads what its own entry asks for, and what is missing of it', async () => {
  const requiredDocuments = [{ service: 'legal-divorce', documents: ['court-paper', 'passport'] }];
  const entry = db.items.get('views directory kr')?.offices?.M?.[abroad]?.M;
  if (entry)
    entry.requiredDocuments = {
      L: requiredDocuments.map(({ service, documents }) => ({
        M: { service: { S: service }, documents: { L: documents.map((S) => ({ S })) } },
      })),
    };
  passed(2); // the copy of the directory is made anew
  expect(await contentOf(await asks(abroad))).not.toHaveProperty('readiness');
  const row = { line: 'l1', office: abroad, required: ['court-paper', 'passport'] };
  expect((await contentOf(await asks(sender))).readiness).toEqual([
    { ...row, missing: ['passport'] },
  ]);
  accepts();
  const { readiness } = await contentOf(await asks(abroad, since));
  expect(readiness).toEqual([{ ...row, missing: ['passport'] }]);
});
