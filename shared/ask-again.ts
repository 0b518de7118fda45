import type { Instant } from '../events/envelope.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After so many minutes it is asked again, then each whole hour: facts on their way arrive, a silent country is not pressed. */
const FIRST_MINUTES = [2, 4, 8, 15, 30];

/**
 * Counted from when it fell due, never from now: a wake-up too many then sets the one that is set already. Else each would
 * be followed by others of its own, more and more of them for as long as the other country is silent.
 */
export const askAgainAt = (since: Instant, now: Instant): Instant => {
  const waited = Date.parse(now) - Date.parse(since);
  const first = FIRST_MINUTES.find((minutes) => minutes * MINUTE > waited);
  const pause = first ? first * MINUTE : (Math.floor(waited / HOUR) + 1) * HOUR;
  return new Date(Date.parse(since) + pause).toISOString() as Instant;
};
