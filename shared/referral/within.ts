import type { LineId } from '../../events/referral.ts';
import type { Referral } from './state.ts';

/** Whether these lines are named once each and are all there. */
export const within = (lines: readonly LineId[], all: readonly LineId[]): boolean =>
  new Set(lines).size === lines.length && lines.every((line) => all.includes(line));

/** Lines that the referral has, each once. */
export const hasLines = ({ lines }: Pick<Referral, 'lines'>, named: readonly LineId[]): boolean =>
  within(
    named,
    lines.map(({ id }) => id),
  );
