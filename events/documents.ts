import * as z from 'zod';
import { Ordinal } from './case-file.ts';

// Files of the papers that a case file names. They go straight to the bucket, and are read through the gate alone.

/** What is taken, and how the id of such a file ends. */
export const fileTypes = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
} as const;
export const FileType = z.enum(['application/pdf', 'image/jpeg', 'image/png']);
export type FileType = z.infer<typeof FileType>;

/** `d3-….pdf`: a file of the third paper. Says nothing of what it shows. */
export const FileId = z
  .string()
  .regex(/^d([1-9]|1\d|20)-[A-Za-z0-9_-]{22}\.(pdf|jpg|png)$/)
  .brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;

const MOST_BYTES = 10 * 1024 * 1024;

/** `document`: its place in the list of the case file. `sha256`: of the exact bytes, base64 as S3 takes it. */
export const BringDocument = z.strictObject({
  document: Ordinal,
  contentType: FileType,
  size: z.int().min(1).max(MOST_BYTES),
  sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
export type BringDocument = z.infer<typeof BringDocument>;

/** Where a file is announced, where it is said that it was sent, and where it is taken back. */
export const documentPaths = {
  bring: '/v1/referrals/{ref}/documents',
  confirm: '/v1/referrals/{ref}/documents/{file}/confirmations',
  remove: '/v1/referrals/{ref}/documents/{file}/removals',
} as const;
