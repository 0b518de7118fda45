import type { Country } from '../events/envelope.ts';
import { Refused } from './errors.ts';
import type { Ledger } from './ledger.ts';

/** What a command is answered while a restored ledger lacks facts of its own: else it would write a slot a second time. */
export const restoringNow = () =>
  new Refused('restoring', 503, 'This country is being restored: try again later');

/** A ledger that takes what comes from the peer, and nothing new of its own country. */
export const closed = (ledger: Ledger, country: Country): Ledger => ({
  load: (subject) => ledger.load(subject),
  async append(fact, beside) {
    if (fact.country === country) throw restoringNow();
    await ledger.append(fact, beside);
  },
});
