import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { FileId } from '../../events/documents.ts';
import type { Ref } from '../../events/envelope.ts';
import { type Bucket, below, keyOf } from './documents.ts';

/** Every version and every delete marker below a prefix, a page at a time. */
export async function* versionsBelow({ client, name }: Bucket, prefix: string) {
  let from: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
  while (from) {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({ Bucket: name, Prefix: prefix, ...from }),
    );
    yield [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    from = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
}

/** Deletes every version and every delete marker below a prefix, for good; gives how many. Throws when one stays. */
export const removeBelow = async (bucket: Bucket, prefix: string): Promise<number> => {
  const { client, name } = bucket;
  let removed = 0;
  for await (const page of versionsBelow(bucket, prefix)) {
    const Objects = page.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) {
      const Delete = { Objects, Quiet: true };
      const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: name, Delete }));
      if (Errors.length > 0) throw new Error('Some versions were not deleted');
    }
    removed += Objects.length;
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
