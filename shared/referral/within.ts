import type { LineId } from '../../events/referral.ts';

/** Whether these lines are named once each and are all there. */
export const within = (lines: readonly LineId[], all: readonly LineId[]): boolean =>
  new Set(lines).size === lines.length && lines.every((line) => all.includes(line));
