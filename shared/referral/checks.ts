import type { Office } from '../../events/envelope.ts';
import type { LineId } from '../../events/referral.ts';
import { invalid, Refused } from '../errors.ts';
import type { Directory } from './command.ts';
import { countryOf } from './order.ts';

/** Refuses lines that are named twice or are not among those that may be. */
export const checkLines = (lines: readonly LineId[], among: readonly LineId[], field: string) => {
  if (new Set(lines).size !== lines.length) throw invalid(field, 'Name each line once');
  if (!lines.every((line) => among.includes(line)))
    throw invalid(field, `Must be among: ${among.join(', ')}`);
};

/** Refuses an office that may not be asked, whatever she allows; `field` is where it was named. */
export const checkOffice = (
  office: Office,
  field: string,
  { sender, reach, offices }: { sender: Office; reach: string; offices: Directory },
) => {
  const refuse = (message: string) => new Refused('office-unavailable', 422, message, { field });
  const entry = offices[office];
  if (office === sender) throw refuse('Name another office than your own');
  if (!entry?.active) throw refuse('Name an office that is active in the directory');
  if (!entry.takesReferrals) throw refuse('Name an office that takes referrals');
  if (reach !== 'both' && countryOf(office) !== reach)
    throw refuse('Name an office inside the reach, or submit with reach "both"');
};
