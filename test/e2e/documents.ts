import { createHash, randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type DemoOffice, decrypted } from '../../infra/local/demo-office.ts';
import { nameOffice } from '../../infra/local/ops.ts';
import { submission } from '../../infra/local/walk.ts';
import { agree, type Given, post, until } from './support.ts';
import { filesIn } from './traces.ts';

const [sender, receiver, settles] = ['kr-danuri', 'vn-osso-can-tho', 'kr-klac'];

/** A referral whose case file names one paper, which she lets the other office read. */
const withPaper = () => {
  const body = submission(sender, [receiver]);
  const { caseFile } = body;
  const consent = {
    ...caseFile.consent,
    items: [...caseFile.consent.items, 'documents'],
    scopes: caseFile.consent.scopes.map((one) => ({
      ...one,
      ...{ scopes: [...one.scopes, 'share-documents'], documents: [1] },
    })),
  };
  return { ...body, caseFile: { ...caseFile, documents: [{ kind: 'court-paper' }], consent } };
};

export type Form = { readonly url: string; readonly fields: Record<string, string> };

/** What any client does with a form; `change`: other fields than it was signed for. */
export const sends = async (
  { url, fields }: Form,
  bytes: string,
  change: Record<string, string> = {},
) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
  form.append('file', new Blob([bytes]));
  return (await fetch(url, { method: 'POST', body: form })).status;
};

export const documents = (given: Given) => {
  const bytes = `%PDF-1.7 INVENTED-${randomUUID()}`;
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const paper = { document: 1, contentType: 'application/pdf', size: bytes.length, sha256 };
  let [ref, id, path, address] = ['', '', '', ''];
  const call = (office: string, rest: string, body?: object) =>
    given().call(office, { method: 'POST', path: `${path}${rest}`, body });
  const announced = async (): Promise<Form & { id: string }> => {
    const { status, body } = await call(sender, '/documents', paper);
    expect([status, body.code]).toEqual([200, undefined]);
    return body;
  };
  /** The first document as an office reads it now; the gate may not have heard of the last fact. */
  const read = async (office: string) => {
    const { body } = await until(
      () => call(office, '/case-file/disclosures', {}),
      ({ status }) => status === 200,
    );
    const [{ content, jwe }] = body.parts;
    const who = given().offices[office] as DemoOffice;
    const { documents: all } = content ?? (await decrypted(who, jwe)).content;
    return all?.[0];
  };
  const lying = async () => {
    const all = await filesIn(given().network.countries.kr);
    return all.map(([, key]) => key).filter((key) => key.includes(ref));
  };

  test('a document is sent by a form that takes exactly its bytes, and lies there once confirmed', async () => {
    const { status, body } = await post(given(), sender, '/v1/referrals', withPaper());
    expect([status, body.code]).toEqual([201, undefined]);
    ref = body.state.ref;
    path = `/v1/referrals/${ref}`;
    await agree(given(), ref, '"kr1.vn0"', [sender, receiver]);
    const form = await announced();
    id = form.id;
    const confirms = () => call(sender, `/documents/${id}/confirmations`);
    expect((await confirms()).body.code).toBe('not-uploaded');
    const other = createHash('sha256').update('other').digest('base64');
    expect(await sends(form, `${bytes}.`)).toBe(400);
    const changes: Record<string, string>[] = [
      { 'Content-Type': 'text/html' },
      { 'x-amz-checksum-sha256': other },
      { key: `documents/${ref}/1/${id}` },
      { 'x-amz-meta-more': 'x' },
      { 'Cache-Control': 'max-age=9' }, // of other names than x-amz- only this S3 refuses more
      { acl: 'public-read' },
    ];
    for (const change of changes)
      expect([change, await sends(form, bytes, change)]).toEqual([change, 403]);
    expect(await lying()).toEqual([]);
    expect(await sends(form, bytes)).toBe(204);
    expect(await lying()).toEqual([`unconfirmed/${ref}/1/${id}`]);
    for (const _ of [1, 2]) expect((await confirms()).status).toBe(200);
    expect(await lying()).toEqual([`documents/${ref}/1/${id}`]);
  });

  test('a document is read by its sender, and abroad once that office has accepted', async () => {
    expect((await read(sender)).files).toMatchObject([{ id, size: bytes.length }]);
    expect(await read(receiver)).toBeUndefined();
    const offer = `/offers/kr1-1`;
    expect((await call(receiver, `${offer}/acknowledge`)).status).toBe(200);
    expect((await call(receiver, `${offer}/accept`, { lines: ['l1'] })).status).toBe(200);
    const { files } = await read(receiver);
    expect(files).toMatchObject([{ id, contentType: 'application/pdf' }]);
    address = files[0].url;
    expect(address).toContain('X-Amz-Expires=60');
    const answer = await fetch(address);
    expect([answer.status, await answer.text()]).toEqual([200, bytes]);
    expect((await fetch(address.replace(/\?.*/, ''))).status).toBe(403);
    expect((await call(receiver, '/documents', paper)).body.code).toBe('not-yours-to-do');
  });

  test('a document is gone in every version after its erasure, and what came late goes too', async () => {
    const { kr } = given().network.countries;
    expect(await sends(await announced(), bytes)).toBe(204); // never confirmed
    await call(sender, '/withdraw-consent', { identification: 'passphrase' });
    expect((await call(sender, '/documents', paper)).status).toBe(409);
    await nameOffice(kr.client, 'kr', { ref, row: '23', office: settles });
    const confirmed = await given().call(settles, {
      ...{ method: 'POST', path: `${path}/confirm-withdrawal`, body: {}, role: 'supervisor' },
    });
    expect(confirmed.status).toBe(200);
    await until(lying, (keys) => keys.length === 0);
    expect([403, 404]).toContain((await fetch(address)).status);
    const late = { Bucket: kr.bucket, Key: `unconfirmed/${ref}/1/${id}`, Body: bytes };
    await new S3Client(kr.client).send(new PutObjectCommand(late));
    // What erases sends itself this with ten minutes' delay.
    const again = { MessageBody: JSON.stringify({ subject: ref, sweep: true }) };
    const QueueUrl = kr.queues.VaultEraseQueue;
    await new SQSClient(kr.client).send(new SendMessageCommand({ QueueUrl, ...again }));
    await until(lying, (keys) => keys.length === 0);
  });
};
