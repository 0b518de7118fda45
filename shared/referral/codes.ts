import type { Instant } from '../../events/envelope.ts';
import { Next, ShownReason } from '../../events/referral.ts';
import { invalid } from '../errors.ts';
import type { Codes, Context } from './command.ts';

/** The row of a code that may be used now, or a refusal that names the field and lists what may. */
export const codeIn = <R extends { code: string; validTo: string | null }>(
  rows: readonly R[],
  code: string,
  field: string,
  at: Instant,
): R => {
  const valid = rows.filter(({ validTo }) => validTo === null || validTo >= at.slice(0, 10));
  const row = valid.find((r) => r.code === code);
  if (!row) throw invalid(field, `Must be one of: ${valid.map((r) => r.code).join(', ')}`);
  return row;
};

/** A reason that the contract does not list stands as `other`: danger, or what describes the person. */
export const shownCode = (code: string): ShownReason => ShownReason.safeParse(code).data ?? 'other';

/** How a decline reason stands in a fact, what becomes of the line, and whom the reason describes. */
export const shown = (
  code: string,
  field: string,
  { codes, at }: Context,
  command: 'decline' | 'withdraw-acceptance',
) => {
  const rows = codes.declineReasons.filter(({ commands }) => commands.includes(command));
  const { side, next } = codeIn(rows, code, field, at);
  return { reason: shownCode(code), next: Next.parse(next), side };
};

export const reasonsOf = ({ reasons }: Codes, list: string) =>
  reasons.filter((row) => row.list === list);
