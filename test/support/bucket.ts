import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

type Version = { readonly Key: string; readonly VersionId: string; readonly Size: number };

/** The S3 client mocked by one versioned bucket in memory: what our code uses and no more. */
export const bucket = ({ pageSize = 1000 }: { pageSize?: number } = {}) => {
  const s3 = mockClient(S3Client);
  let versions: Version[] = [];
  let made = 0;
  const put = (Key: string, Size = 7) => {
    made += 1;
    versions.push({ Key, VersionId: `v${made}`, Size });
  };
  const below = (prefix: string | undefined) =>
    versions
      .filter(({ Key }) => Key.startsWith(prefix ?? ''))
      .toSorted((a, b) => (a.Key < b.Key ? -1 : Number(a.Key > b.Key)));
  const latest = (all: readonly Version[]) => [...new Map(all.map((v) => [v.Key, v])).values()];

  s3.on(ListObjectsV2Command).callsFake(async ({ Prefix, ContinuationToken: token = '' }) => {
    const left = latest(below(Prefix)).filter(({ Key }) => Key > token);
    const Contents = left.slice(0, pageSize);
    const more = left.length > pageSize;
    return { Contents, ...(more && { NextContinuationToken: Contents.at(-1)?.Key }) };
  });
  s3.on(ListObjectVersionsCommand).callsFake(async ({ Prefix, KeyMarker, VersionIdMarker }) => {
    const isAfter = ({ Key, VersionId }: Version) =>
      KeyMarker === undefined ||
      Key > KeyMarker ||
      (Key === KeyMarker && VersionId > VersionIdMarker);
    const left = below(Prefix).filter(isAfter);
    const page = left.slice(0, pageSize);
    const last = left.length > pageSize ? page.at(-1) : undefined;
    return {
      Versions: page.slice(0, -1),
      DeleteMarkers: page.slice(-1), // one of them hides the file
      ...(last && { IsTruncated: true }),
      ...(last && { NextKeyMarker: last.Key, NextVersionIdMarker: last.VersionId }),
    };
  });
  s3.on(DeleteObjectsCommand).callsFake(async ({ Delete }) => {
    const gone = (Delete?.Objects ?? []) as Version[];
    versions = versions.filter(
      (one) => !gone.some(({ Key, VersionId }) => Key === one.Key && VersionId === one.VersionId),
    );
    return {};
  });
  s3.on(CopyObjectCommand).callsFake(async ({ CopySource, Key }) => {
    const from = CopySource.slice(CopySource.indexOf('/') + 1);
    put(Key, below(from).at(-1)?.Size);
    return {};
  });
  return { s3, put, keys: () => latest(below('')).map(({ Key }) => Key) };
};
