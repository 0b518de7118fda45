import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { FileId, type FileType, fileTypes } from '../../events/documents.ts';
import type { Instant, Ref } from '../../events/envelope.ts';

/** The bucket of this country's documents. */
export type Bucket = { readonly client: S3Client; readonly name: string };

/** Where files lie: until it is said that they came, nobody reads them, and they go by themselves. */
export type Shelf = 'unconfirmed' | 'documents';

/** A file that came; `document`: the place of its paper in the case file. `size` in bytes. */
export type File = { readonly id: FileId; readonly document: number; readonly size: number };

/** All that lies there of a referral is below this. */
export const below = (shelf: Shelf, ref: Ref) => `${shelf}/${ref}/`;
export const keyOf = (shelf: Shelf, ref: Ref, id: FileId) =>
  `${below(shelf, ref)}${documentOf(id)}/${id}`;

export const documentOf = (id: FileId): number => Number(/\d+/.exec(id)?.[0]);
export const typeOf = (id: FileId): FileType | undefined =>
  (Object.keys(fileTypes) as FileType[]).find((type) => id.endsWith(`.${fileTypes[type]}`));

/** Seconds for which an address gives, or takes, a file. */
export const OPEN_FOR = 60;
export const closesAt = (at: Instant) =>
  new Date(Date.parse(at) + OPEN_FOR * 1000).toISOString() as Instant;

/** The files below a prefix, whatever else lies there. */
export const filesBelow = async (
  { client, name }: Bucket,
  prefix: string,
  abortSignal?: AbortSignal,
): Promise<File[]> => {
  const files: File[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket: name, Prefix: prefix },
    ...(abortSignal ? [{ abortSignal }] : []),
  ))
    for (const { Key, Size = 0 } of Contents) {
      const id = FileId.safeParse(Key?.split('/').at(-1));
      if (id.success) files.push({ id: id.data, document: documentOf(id.data), size: Size });
    }
  return files;
};
