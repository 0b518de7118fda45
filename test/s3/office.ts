import { createHash, randomUUID } from 'node:crypto';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { expect, vi } from 'vitest';
import type { FileId } from '../../events/documents.ts';
import type { Call } from '../../shared/api.ts';
import { type Bringing, bring, confirm } from '../../shared/vault/bring-documents.ts';
import { withFiles } from '../../shared/vault/give-documents.ts';
import { log, ref, submitted } from '../support/facts.ts';
import { memory, worldOf } from '../support/memory.ts';
import { sender, worker } from '../support/people.ts';

// What an office does with our own functions over a real S3: it brings a document, and reads it.

export const bytes = '%PDF-1.7 INVENTED';

export type Form = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

/** A signature as of so many seconds ago, by the clock that the SDK reads. */
export const ago = async <T>(seconds: number, sign: () => Promise<T>): Promise<T> => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - seconds * 1000 });
  try {
    return await sign();
  } finally {
    vi.useRealTimers();
  }
};

/** What any client does with a form. */
export const sends = async ({ url, fields }: Form, what = bytes) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([what]));
  return answerTo(fetch(url, { method: 'POST', body: form }));
};

/** `code`: of S3's error, if it is one. */
export const answerTo = async (asked: Promise<Response>) => {
  const response = await asked;
  const text = await response.text();
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  return { status: response.status, headers: response.headers, text, code };
};

export const officeAt = (client: S3Client, name: string) => {
  const bucket = { client, name };
  const world: Bringing = {
    ...worldOf('kr', memory(log(submitted()))),
    bucket,
    random: () => randomUUID().replaceAll('-', '').slice(0, 22),
    forgetLater: async () => {},
  };
  const call = (body: object, params = {}): Call => ({
    ...{ caller: worker(sender), route: '', path: '', params: { ref, ...params } },
    ...{ query: {}, headers: {}, body: JSON.stringify(body) },
  });
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const paper = { document: 1, contentType: 'application/pdf', size: bytes.length, sha256 };
  const announces = () => bring(world, call(paper));
  const confirms = (file: FileId) => confirm(world, call({}, { file }));
  /** The address of a file that came. */
  const finds = async (id: FileId) => {
    const cut = { documents: [{ document: 1, kind: 'court-paper' as const }] };
    const { documents: [paper] = [] } = await withFiles(bucket, ref, cut, world.now());
    const { files = [] } = { ...paper } as { files?: { id: FileId; url: string }[] };
    const found = files.find((file) => file.id === id);
    if (!found) throw new Error('No such file came');
    return found.url;
  };
  /** Where what was sent lies. */
  const lying = async (id: FileId) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name }));
    return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith(id));
  };
  /** A file that was sent and confirmed. */
  const brings = async () => {
    const form = await announces();
    expect((await sends(form)).status).toBe(204);
    await confirms(form.id);
    return form.id;
  };
  return { announces, confirms, finds, lying, brings };
};
