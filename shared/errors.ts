/** A refusal that the caller may read: `code` is stable, the message says what would be right and repeats no value. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: number;
  /** Members added to the problem+json answer, such as `field` (JSON Pointer). */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.more = more;
  }
}

/** Somebody else took the slot: load again, decide again. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** 422 that names the field. */
export const invalid = (field: string, message: string) =>
  new Refused('invalid-field', 422, message, { field });
