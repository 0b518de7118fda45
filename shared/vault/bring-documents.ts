import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { BringDocument, FileId, fileTypes } from '../../events/documents.ts';
import type { Ref } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import { refIn } from '../asked.ts';
import { contextOf } from '../context.ts';
import { Refused } from '../errors.ts';
import { presented, type World } from '../handle.ts';
import { inputOf } from '../input.ts';
import { whyNoDocument } from '../referral/bringing.ts';
import { fold } from '../referral/fold.ts';
import {
  type Bucket,
  below,
  closesAt,
  documentOf,
  filesBelow,
  keyOf,
  OPEN_FOR,
} from './documents.ts';
import { removeBelow } from './remove-documents.ts';

export type Bringing = World & { readonly bucket: Bucket; readonly random: () => string };

/** Of one paper: a file a page, at most. */
const MOST_FILES = 10;

/** A form that takes exactly the announced bytes, for a minute. */
export const bring = async (w: Bringing, call: Call) => {
  const ref = refIn(call);
  const { document, contentType, size, sha256 } = inputOf(BringDocument, call.body);
  await check(w, call, ref);
  const id = FileId.parse(`d${document}-${w.random()}.${fileTypes[contentType]}`);
  const { url, fields } = await createPresignedPost(w.bucket.client, {
    Bucket: w.bucket.name,
    Key: keyOf('unconfirmed', ref, id),
    Expires: OPEN_FOR,
    Conditions: [['content-length-range', size, size]],
    // Each is a condition too: another value, or a field more, is refused.
    Fields: {
      'Content-Type': contentType,
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': sha256,
    },
  });
  return { id, url, fields, expires: closesAt(w.now()) };
};

/** Takes what came into the case file. Looks again, before and after, whether it may; a repeat changes nothing. */
export const confirm = async (w: Bringing, call: Call) => {
  const ref = refIn(call);
  const id = fileIn(call);
  await check(w, call, ref);
  const held = await filesBelow(w.bucket, below('documents', ref));
  if (!held.some((file) => file.id === id)) {
    const beside = held.filter(({ document }) => document === documentOf(id));
    if (beside.length >= MOST_FILES)
      throw new Refused('limit-reached', 409, `A document has ${MOST_FILES} files at most`);
    await take(w, ref, id);
    await check(w, call, ref); // what was erased meanwhile is swept ten minutes later
  }
  await removeBelow(w.bucket, keyOf('unconfirmed', ref, id));
  return { id, document: documentOf(id) };
};

const take = async ({ bucket: { client, name }, bucket }: Bringing, ref: Ref, id: FileId) => {
  const from = keyOf('unconfirmed', ref, id);
  if ((await filesBelow(bucket, from)).length === 0)
    throw new Refused('not-uploaded', 409, 'No file came: ask again, and send it within a minute');
  const Key = keyOf('documents', ref, id);
  await client.send(new CopyObjectCommand({ Bucket: name, Key, CopySource: `${name}/${from}` }));
};

const check = async (w: Bringing, { caller }: Call, ref: Ref) => {
  const log = await w.ledger.load(ref);
  const state = fold(log.map(({ fact }) => fact));
  const context = await contextOf(w, log);
  const refusal = whyNoDocument(state, caller, context);
  if (refusal?.status !== 409) {
    if (refusal) throw refusal;
    return;
  }
  const { code, status, message } = refusal;
  throw new Refused(code, status, message, presented(state, caller, context));
};

const fileIn = ({ params }: Call): FileId => {
  const id = FileId.safeParse(params.file);
  if (!id.success) throw new Refused('not-found', 404, 'No such file of this referral');
  return id.data;
};
