import * as z from 'zod';
import { Country, Office } from './envelope.ts';
import { schedule } from './office-entry.ts';
import { Direction, LineId } from './referral.ts';

// Content about the person: brought by `submit`, sealed in the vault, read through the gate alone. Never in a fact.

const code = z.string().regex(/^[a-z-]{1,60}$/);
const text = (most: number) => z.string().min(1).max(most);
const Day = z.iso.date();
const Nationality = z.string().regex(/^[A-Z]{2}$/);
const Language = z.string().regex(/^[a-z]{2}$/);
/** Place in the list of children or documents, from 1: parts and scopes name them by it. */
export const Ordinal = z.int().min(1).max(20);

export const AgeBand = z.enum([
  'under-14',
  '14-17',
  '18-24',
  '25-34',
  '35-49',
  '50-64',
  '65-and-over',
]);
export type AgeBand = z.infer<typeof AgeBand>;

/** Coded, and without identity: what an office reads before it answers. */
export const Summary = z.strictObject({
  ageBand: AgeBand,
  language: Language,
  area: z
    .string()
    .regex(/^(kr|vn)-[a-z0-9-]{1,60}$/)
    .optional(),
  /** Codes of `service-categories`, one a line, in the order of the lines. */
  categories: z.array(code).min(1).max(20),
});
export type Summary = z.infer<typeof Summary>;

export const Identity = z.strictObject({
  name: text(200),
  birthDate: Day.optional(),
  nationality: Nationality.optional(),
  document: z
    .strictObject({
      kind: z.enum(['passport', 'alien-registration', 'national-id', 'other']),
      number: text(60),
    })
    .optional(),
});
export type Identity = z.infer<typeof Identity>;

export const IdentityField = Identity.keyof();
export type IdentityField = z.infer<typeof IdentityField>;

/** How she may be reached, or why there is no way: the question is always answered. */
export const SafeContact = z.discriminatedUnion('known', [
  z.strictObject({
    known: z.literal(false),
    why: z.enum(['none-known', 'no-contact-wanted', 'not-safe-to-ask']),
  }),
  z.strictObject({
    known: z.literal(true),
    /** Codes of `reasons`, list `channel`; `address`: the number, the name in the messenger, the place. */
    channels: z
      .array(z.strictObject({ channel: code, address: text(200).optional() }))
      .min(1)
      .max(10),
    forbidden: z.array(code).max(10),
    /** On the clock of the country where she is; none: any hour. */
    hours: z
      .strictObject({
        country: Country,
        schedules: z.array(z.strictObject(schedule)).min(1).max(21),
      })
      .optional(),
    codeWord: text(100).optional(),
    mayLeaveMessage: z.boolean(),
  }),
]);
export type SafeContact = z.infer<typeof SafeContact>;

/** `lines`: those that concern this child. */
export const Child = z.strictObject({
  name: text(200),
  birthDate: Day,
  nationality: Nationality.optional(),
  note: text(2_000).optional(),
  lines: z.array(LineId).min(1).max(20),
});
export type Child = z.infer<typeof Child>;

export const PaperKind = z.enum([
  'court-paper',
  'passport',
  'identity-card',
  'civil-status-certificate',
  'medical-record',
  'police-report',
  'other',
]);

export const Paper = z.strictObject({
  kind: PaperKind,
  note: text(1_000).optional(),
  /** The child whose paper it is. */
  child: Ordinal.optional(),
});
export type Paper = z.infer<typeof Paper>;

/** SHA-256, base64url. */
const Hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const GivenBy = z.enum(['self', 'guardian', 'both']);
export type GivenBy = z.infer<typeof GivenBy>;

/** What the notice named, each apart. */
export const Item = z.enum([
  'summary',
  'identity',
  'identity-number',
  'contact',
  'reason',
  'gbv',
  'health',
  'children',
  'documents',
]);
export type Item = z.infer<typeof Item>;

/** What one office may read in one direction; what is not here is denied. Codes of `consent-scopes`. */
export const Scopes = z.strictObject({
  office: Office,
  direction: Direction,
  scopes: z.array(code).min(1).max(20),
  /** Which fields of her identity, with `share-identity`: she ticks each alone. */
  identity: z.array(IdentityField).min(1).max(4).optional(),
  /** Which children, with `share-child-data`. */
  children: z.array(Ordinal).min(1).max(20).optional(),
  /** Which documents, with `share-documents`. */
  documents: z.array(Ordinal).min(1).max(20).optional(),
});
export type Scopes = z.infer<typeof Scopes>;

/** The proof of her consent, as the laws of both countries ask; version and hash of the notice stand in the fact. */
export const ConsentRecord = z.strictObject({
  language: Language,
  items: z.array(Item).min(1).max(Item.options.length),
  purposes: z.array(text(500)).min(1).max(10),
  method: z.enum(['paper', 'phone', 'web', 'mail']),
  retention: text(500),
  rightToRefuseShown: z.literal(true),
  givenBy: GivenBy,
  /** Who consented for each child whose data are shared. */
  children: z
    .array(z.strictObject({ child: Ordinal, givenBy: GivenBy }))
    .max(20)
    .optional(),
  interpreter: z.boolean(),
  /** Of the signed paper or of the recording. */
  evidenceHash: Hash,
  /**
   * What she signed apart (PIPA Articles 22 to 24, 28-8): each scope given here whose row says `separateSignature`, and
   * `share-identity` and `share-documents` where they give the number of a document, as a field or on a passport or identity card.
   */
  signatures: z
    .array(z.strictObject({ scope: code, evidenceHash: Hash }))
    .max(20)
    .optional(),
  /** One a grant of the coded part. */
  scopes: z.array(Scopes).min(1).max(40),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

export const CaseFile = z.strictObject({
  summary: Summary,
  identity: Identity.optional(),
  safeContact: SafeContact,
  reason: text(4_000).optional(),
  sensitive: z
    .strictObject({ gbv: text(4_000).optional(), health: text(4_000).optional() })
    .optional(),
  children: z.array(Child).max(20),
  documents: z.array(Paper).max(20),
  travelDate: Day.optional(),
  consent: ConsentRecord,
});
export type CaseFile = z.infer<typeof CaseFile>;
