import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { FileId } from '../../events/documents.ts';
import type { Ref } from '../../events/envelope.ts';
import { type Bucket, below, keyOf } from './documents.ts';

/** Deletes every version and every delete marker below a prefix, for good; gives how many. Throws when one stays. */
export const removeBelow = async ({ client, name }: Bucket, prefix: string): Promise<number> => {
  let removed = 0;
  let from: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
  while (from) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket: name, Prefix: prefix, ...from }),
    );
    const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = all.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) {
      const Delete = { Objects, Quiet: true };
      const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: name, Delete }));
      if (Errors.length > 0) throw new Error('Some versions were not deleted');
    }
    removed += Objects.length;
    from = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return removed;
};
/** Takes a file that nobody confirmed. */
export const removeUnconfirmed = (bucket: Bucket, ref: Ref, id: FileId): Promise<number> =>
  removeBelow(bucket, keyOf('unconfirmed', ref, id));

/** Takes all files of a referral, also what came and was never confirmed. */
export const removeFiles = async (bucket: Bucket, ref: Ref): Promise<number> =>
  (await removeBelow(bucket, below('documents', ref))) +
  (await removeBelow(bucket, below('unconfirmed', ref)));
