import * as z from 'zod';

export const Country = z.enum(['kr', 'vn']);
export type Country = z.infer<typeof Country>;

/** Which ledgers hold the subject's facts; fixed by its first fact. */
export const Reach = z.enum(['kr', 'vn', 'both']);
export type Reach = z.infer<typeof Reach>;

/** UTC with milliseconds, `2026-11-23T02:10:00.000Z`. Our own pattern, since zod's may change with zod. */
export const Instant = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/)
  .brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** An organisation's desk, its country first: `vn-osso-can-tho`. */
export const Office = z
  .string()
  .regex(/^(kr|vn)-[a-z0-9-]{1,60}$/)
  .brand<'Office'>();
export type Office = z.infer<typeof Office>;

/** Who wrote the fact: an office, a country's part such as `vn:system`, or a country that stands for a hidden third office. */
export const Actor = z
  .string()
  .regex(/^(kr|vn)(-[a-z0-9-]{1,60}|:(system|gate|vault|operator))?$/)
  .brand<'Actor'>();
export type Actor = z.infer<typeof Actor>;

/** First 16 characters of base64url(SHA-256(`<office>/<sub>`)): tells two people apart, names nobody. */
export const By = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16}$/)
  .brand<'By'>();
export type By = z.infer<typeof By>;

/** A referral: `ref_` and 26 Crockford characters. */
export const Ref = z
  .string()
  .regex(/^ref_[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<'Ref'>();
export type Ref = z.infer<typeof Ref>;

/** What a log is about: a referral, or an office's entry in the directory. */
export const Subject = z.string().regex(/^(ref_[0-9A-HJKMNP-TV-Z]{26}|(kr|vn)-[a-z0-9-]{1,60})$/);

/** Ends at the largest CloudEvents Integer. */
export const Counter = z.int().min(0).max(2_147_483_647);

/** One thing that happened, never changed: a CloudEvents 1.0 event (`design.md`, Facts). Open: unknown members stay. */
export const Fact = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().regex(/^[A-Za-z0-9_-]+\/(kr|vn)\/[1-9]\d{0,9}$/),
  source: z.string().regex(/^urn:referrals:(kr|vn)$/),
  type: z.string().regex(/^[a-z-]+\.[a-z-]+\.v[1-9]\d*$/),
  subject: Subject,
  time: Instant,
  country: Country,
  seq: Counter.min(1),
  seen: Counter,
  reach: Reach,
  actor: Actor,
  data: z.looseObject({ offices: z.array(Office).min(1) }),
});
export type Fact = z.infer<typeof Fact>;

/** Declares a contract. The version is part of the name: a new shape is a new contract. */
export const fact = <const T extends `${string}.v${number}`, S extends z.ZodRawShape>(
  type: T,
  data: S,
) =>
  Fact.extend({
    type: z.literal(type),
    data: z.looseObject({ offices: z.array(Office).min(1), by: By.optional(), ...data }),
  });
