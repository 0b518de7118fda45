import * as z from 'zod';
import { fact } from './envelope.ts';

/** Code of the terms' group `office-kind`. */
export const OfficeKind = z.string().regex(/^[a-z-]{1,60}$/);

/** Public half of a signing key (RFC 7517): ES256 (`EC`, P-256) or EdDSA (`OKP`, Ed25519). */
export const PublicKey = z.looseObject({
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  kty: z.enum(['EC', 'OKP']),
  crv: z.enum(['P-256', 'Ed25519']),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
  use: z.literal('sig'),
});

/** HSDS organisation and service in one: who the office is, what it offers and where. Never an address. */
export const OfficeEntry = {
  name: z.looseObject({
    en: z.string().min(1).max(200),
    ko: z.string().min(1).max(200).optional(),
    vi: z.string().min(1).max(200).optional(),
  }),
  kind: OfficeKind,
  coverage: z.enum(['national', 'areas', 'each-area']),
  areas: z.array(z.string().regex(/^(kr|vn)-[a-z0-9-]{1,60}$/)),
  services: z.array(z.string().regex(/^[a-z-]{1,60}$/)),
  languages: z.array(z.string().regex(/^[a-z]{2}$/)),
  authority: z.enum(['immigration', 'police', 'government']).optional(),
  takesReferrals: z.boolean(),
  keys: z.array(PublicKey).min(1).max(4),
};

export const OfficeRegistered = fact('office.registered.v1', OfficeEntry);
export const OfficeSuspended = fact('office.suspended.v1', {});

/** Every fact about an office that this version knows. */
export const OfficeFact = z.discriminatedUnion('type', [OfficeRegistered, OfficeSuspended]);
export type OfficeFact = z.infer<typeof OfficeFact>;

/** What an operator sends to `register-office`, from the console or by `npm run office`. */
export const OfficeCommand = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('register'),
    office: z.string(),
    entry: z.strictObject(OfficeEntry),
  }),
  z.strictObject({ do: z.literal('suspend'), office: z.string() }),
]);
export type OfficeCommand = z.infer<typeof OfficeCommand>;
