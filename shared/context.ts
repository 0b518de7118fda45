import type { Country, Instant } from '../events/envelope.ts';
import { codes } from './codes.ts';
import type { Directory } from './directory.ts';
import { calendar } from './holidays.ts';
import { type Recorded, receivedIn } from './ledger.ts';
import type { Context } from './referral/command.ts';

type Place = {
  readonly country: Country;
  readonly directory: Pick<Directory, 'offices'>;
  readonly now: () => Instant;
};

/** What the core must be told: where and when, the code lists, the directory, the calendar, and when the log came. */
export const contextOf = async (
  { country, directory, now }: Place,
  log: readonly Recorded[] = [],
): Promise<Context> => ({
  country,
  at: now(),
  codes,
  offices: await directory.offices(),
  workingDays: calendar.workingDays,
  receivedAt: receivedIn(log),
});
