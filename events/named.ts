import * as z from 'zod';
import { fact, Office } from './envelope.ts';

/** Rows of the lifecycle's table that may need an office which nobody in the referral can be. */
export const NamedRow = z.enum(['23', '28', 'sender']);
export type NamedRow = z.infer<typeof NamedRow>;

/** The network desk names an office of its country: to settle a withdrawal, to approve an override, or as the sender. */
export const OfficeNamed = fact('office.named.v1', { row: NamedRow, office: Office });
