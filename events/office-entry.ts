import * as z from 'zod';

// Shapes of an office's entry. Facts take them open, commands closed: what nobody knows must not become a fact.

export const MOST_KEYS = 4;

export const Kid = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const key = {
  kid: Kid,
  kty: z.enum(['EC', 'OKP']),
  crv: z.enum(['P-256', 'Ed25519']),
  x: coordinate,
  y: coordinate.optional(),
  /** `sig`: signs tokens. `enc` (`EC` alone): what crosses the border is encrypted for it. */
  use: z.enum(['sig', 'enc']),
};

const text = (most: number) => z.string().min(1).max(most);
export const name = { en: text(200), ko: text(200).optional(), vi: text(200).optional() };

export const phone = {
  /** As dialled in the country. */
  number: z.string().regex(/^\+?[0-9][0-9 -]{1,28}[0-9]$/),
  callableFromAbroad: z.boolean().optional(),
};

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Weekly hours in the office's own time zone; round the clock is 00:00 to 23:59. */
export const schedule = {
  byday: z.string().regex(/^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,6}$/),
  opens_at: time,
  closes_at: time,
};

export const address = {
  address_1: text(200),
  city: text(100),
  postal_code: text(20).optional(),
  country: z.enum(['KR', 'VN']),
};

/** Papers that a service needs (`required_documents` of HSDS): kinds of `Paper` for one of the `services`. */
export const requirement = {
  service: z.string().regex(/^[a-z-]{1,60}$/),
  documents: z
    .array(z.string().regex(/^[a-z-]{1,60}$/))
    .min(1)
    .max(20),
};

/** The office's own parts that look alike in facts and in commands. */
export const profile = {
  coverage: z.enum(['national', 'areas', 'each-area']),
  areas: z.array(z.string().regex(/^(kr|vn)-[a-z0-9-]{1,60}$/)).max(60),
  services: z.array(z.string().regex(/^[a-z-]{1,60}$/)).max(60),
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).max(60),
  takesReferrals: z.boolean(),
};

/** What the operator judges, and no office changes by itself. */
export const judged = {
  /** Code of the terms' group `office-kind`. */
  kind: z.string().regex(/^[a-z-]{1,60}$/),
  authority: z.enum(['immigration', 'police', 'government']).optional(),
};

export const Capacity = z.enum([
  'no-capacity',
  'capacity',
  'waitlist',
  'additional-assessment-required',
]);
export type Capacity = z.infer<typeof Capacity>;
