import type { Fact } from '../events/envelope.ts';
import type { Entry } from './bus.ts';

/** A stored fact as an entry of the bus. Only its head is read; the text goes out as it stands in the ledger. */
export const entryOf = (
  text: string | undefined,
): (Entry & Pick<Fact, 'subject' | 'country' | 'seq'>) | undefined => {
  if (text === undefined) return undefined;
  const { type, subject, country, seq } = JSON.parse(text) as Fact;
  return { source: `referrals.${country}`, type, detail: text, subject, country, seq };
};
