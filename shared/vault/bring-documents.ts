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
import { log } from '../log.ts';
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

export type Bringing = World & {
  readonly bucket: Bucket;
  readonly random: () => string;
  /** Has a file that nobody confirmed taken away after a while. */
  readonly forgetLater: (ref: Ref, id: FileId) => Promise<void>;
};

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
  await w.forgetLater(ref, id);
  audit('document announced', call, ref, id);
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
    // What was erased meanwhile is swept ten minutes later too.
    await check(w, call, ref).catch(async (refused: unknown) => {
      await removeBelow(w.bucket, keyOf('documents', ref, id));
      throw refused;
    });
    audit('document taken in', call, ref, id);
  }
  await removeBelow(w.bucket, keyOf('unconfirmed', ref, id));
  return { id, document: documentOf(id) };
};

/** Takes back every version of a file, as one that was sent by mistake, or to the wrong paper. A repeat changes nothing. */
export const remove = async (w: Bringing, call: Call) => {
  const ref = refIn(call);
  const id = fileIn(call);
  await check(w, call, ref);
  for (const shelf of ['unconfirmed', 'documents'] as const)
    await removeBelow(w.bucket, keyOf(shelf, ref, id));
  audit('document taken back', call, ref, id);
  return { id, document: documentOf(id) };
};

/** Who brings stands in no fact. */
const audit = (what: string, { caller: { office, by } }: Call, subject: Ref, file: FileId) =>
  log.info(what, { subject, office, by, file });

const take = async ({ bucket: { client, name }, bucket }: Bringing, ref: Ref, id: FileId) => {
  const from = keyOf('unconfirmed', ref, id);
  const Key = keyOf('documents', ref, id);
  if ((await filesBelow(bucket, from)).length === 0) {
    if ((await filesBelow(bucket, Key)).length > 0) return; // the same confirmation, a moment before
    throw new Refused('not-uploaded', 409, 'No file came: ask again, and send it within a minute');
  }
  await client.send(new CopyObjectCommand({ Bucket: name, Key, CopySource: `${name}/${from}` }));
};

const check = async (w: Bringing, { caller }: Call, ref: Ref) => {
  const facts = await w.ledger.load(ref);
  const state = fold(facts.map(({ fact }) => fact));
  const context = await contextOf(w, facts);
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
