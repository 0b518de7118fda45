import * as z from 'zod';
import { fact, Office } from './envelope.ts';
import { GrantId, Stage } from './referral.ts';

/** How long point-in-time recovery could bring a destroyed key back; then nothing opens what it sealed. */
export const KEY_RECOVERY_DAYS = 1;

/**
 * The gate gave parts of the case file to an office: at which stage, under which grants. `role`: of the reader, for her own report.
 * `what`: not the case file, but under which laws offices keep copies; neither is in facts of an older version.
 */
export const CaseFileDisclosed = fact('case-file.disclosed.v1', {
  office: Office,
  role: z.enum(['worker', 'supervisor']).optional(),
  what: z.enum(['receipts']).optional(),
  stage: Stage,
  grants: z.array(GrantId),
});
/** This country's keys, sealed items and documents are destroyed; there is one a country. */
export const ContentErased = fact('content.erased.v1', {});
/** What became of an office's own copy. `kept`: a law forces it to keep some; which one is sealed. */
export const ErasureConfirmed = fact('erasure.confirmed.v1', {
  destroyed: z.boolean(),
  kept: z.boolean(),
});
