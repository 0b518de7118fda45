import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { log } from '../../shared/log.ts';
import { addressChanges, formChanges } from './changes.ts';
import { ago, answerTo, bytes, officeAt, sends } from './office.ts';
import { credentials, startS3 } from './server.ts';

let s3: Awaited<ReturnType<typeof startS3>>;
let office: ReturnType<typeof officeAt>;
beforeAll(async () => {
  vi.spyOn(log, 'info').mockImplementation(() => {});
  s3 = await startS3();
  const client = new S3Client({
    ...{ endpoint: s3.endpoint, forcePathStyle: true, region: 'ap-northeast-2', credentials },
  });
  for (const Bucket of ['documents-of-kr', 'another'])
    await client.send(new CreateBucketCommand({ Bucket }));
  office = officeAt(client, 'documents-of-kr');
});
afterAll(() => s3.stop());

describe('a form that was signed for a document', () => {
  test.each(formChanges)('refuses %s: %s', async (_, refusal, change, what = bytes) => {
    const form = await office.announces();
    const { status, code } = await sends(change(form), what);
    expect(`${status} ${code}`).toBe(refusal);
    expect(await office.lying(form.id)).toEqual([]);
    expect((await sends(form)).status).toBe(204); // as it was signed
  });

  test('refuses to go without any of its fields', async () => {
    const form = await office.announces();
    const names = Object.keys(form.fields).filter((name) => name !== 'bucket'); // the address says it
    expect(names).toEqual(expect.arrayContaining(['key', 'Policy', 'Content-Type']));
    for (const name of names) {
      const { [name]: _, ...fields } = form.fields;
      const { status } = await sends({ url: form.url, fields });
      expect([400, 403], name).toContain(status);
    }
    expect(await office.lying(form.id)).toEqual([]);
  });

  test('takes a document for a minute', async () => {
    const [late, early] = [await ago(61, office.announces), await ago(50, office.announces)];
    const refused = await sends(late);
    expect([refused.status, refused.code]).toEqual([403, 'AccessDenied']);
    expect(refused.text).toContain('Policy expired');
    expect(await office.lying(late.id)).toEqual([]);
    expect((await sends(early)).status).toBe(204);
  });
});

describe('an address that was signed for reading a document', () => {
  test('gives its bytes as they were sent, as a file that nobody keeps', async () => {
    const id = await office.brings();
    const { status, text, headers } = await answerTo(fetch(await office.finds(id)));
    expect([status, text]).toEqual([200, bytes]);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe('attachment');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('gives a document for a minute', async () => {
    const id = await office.brings();
    const [late, early] = [
      await ago(61, () => office.finds(id)),
      await ago(50, () => office.finds(id)),
    ];
    const refused = await answerTo(fetch(late));
    expect([refused.status, refused.code]).toEqual([403, 'AccessDenied']);
    expect((await fetch(early)).status).toBe(200);
  });

  test('gives nothing once anything of it is changed', async () => {
    const [id, other] = [await office.brings(), await office.brings()];
    const address = await office.finds(id);
    const signed = [...new URL(address).searchParams.keys()];
    for (const [what, change] of addressChanges(signed, id, other)) {
      const url = new URL(address);
      change(url);
      expect(url.href).not.toBe(address);
      const { status, text } = await answerTo(fetch(url));
      expect([400, 403], what).toContain(status);
      expect(text, what).not.toContain('INVENTED');
    }
    for (const method of ['PUT', 'DELETE', 'HEAD'])
      expect([method, (await fetch(address, { method })).status]).toEqual([method, 403]);
    expect((await fetch(address)).status).toBe(200);
  });
});
