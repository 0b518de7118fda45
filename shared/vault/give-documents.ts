import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Instant, Ref } from '../../events/envelope.ts';
import { log } from '../log.ts';
import type { CutFile } from '../referral/cut-file.ts';
import {
  type Bucket,
  below,
  closesAt,
  type File,
  filesBelow,
  keyOf,
  OPEN_FOR,
  typeOf,
} from './documents.ts';

/** Milliseconds: how she may be reached must not wait for a store of files. */
const MOST_WAIT = 2_000;

/**
 * The same cut, with the files of each document that it shows, and where each can be read for a minute. `filesMissing`: they could
 * not be looked for.
 */
export const withFiles = async (bucket: Bucket, ref: Ref, cut: CutFile, at: Instant) => {
  if (!cut.documents) return cut;
  const found = filesBelow(bucket, below('documents', ref), AbortSignal.timeout(MOST_WAIT));
  const files = await found.catch((error: unknown) => void log.error('files not listed', error));
  if (!files) return { ...cut, filesMissing: true };
  const of = (document: number) =>
    Promise.all(
      files
        .filter((file) => file.document === document)
        .map((file) => readable(bucket, ref, file, at)),
    );
  const documents = await Promise.all(
    cut.documents.map(async (paper) => ({ ...paper, files: await of(paper.document) })),
  );
  return { ...cut, documents };
};

const readable = async ({ client, name }: Bucket, ref: Ref, { id, size }: File, at: Instant) => {
  const get = new GetObjectCommand({
    Bucket: name,
    Key: keyOf('documents', ref, id),
    ResponseContentDisposition: 'attachment', // no browser shows it as a page
    ResponseCacheControl: 'no-store',
  });
  const url = await getSignedUrl(client, get, { expiresIn: OPEN_FOR });
  return { id, contentType: typeOf(id), size, url, expires: closesAt(at) };
};
