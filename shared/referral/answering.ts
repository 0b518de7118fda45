import { invalid } from '../errors.ts';
import { checkLines } from './checks.ts';
import { shown } from './codes.ts';
import type { CommandOf, Context } from './command.ts';
import type { Offer } from './state.ts';

/** A decline, or an acceptance taken back: the reason as it stands in the fact, and its way. */
export const letting = (
  command: CommandOf<'decline' | 'withdraw-acceptance'>,
  context: Context,
) => {
  const { reason, next } = shown(command.input.reason, '/reason', context, command.do);
  return { reason, next };
};

/** Lines taken and lines left, each left with a reason. */
export const acceptance = ({ input }: CommandOf<'accept'>, offer: Offer, context: Context) => {
  const left = input.left ?? [];
  const named = [...input.lines, ...left.map(({ line }) => line)];
  checkLines(named, offer.lines, '/lines');
  const missing = offer.lines.filter((line) => !named.includes(line));
  if (missing.length > 0)
    throw invalid('/left', `Say why these lines are left: ${missing.join(', ')}`);
  const rows = left.map(({ line, reason }, i) => {
    const field = `/left/${i}/reason`;
    const { side, ...rest } = shown(reason, field, context, 'decline');
    if (side !== 'provider')
      throw invalid(field, 'Give a reason that describes the office, or "other"');
    return { line, ...rest };
  });
  return { lines: input.lines, ...(rows.length > 0 && { left: rows }) };
};
