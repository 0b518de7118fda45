import type { Country, Instant } from '../../events/envelope.ts';
import rows from '../data/report.json' with { type: 'json' };
import terms from '../data/terms.json' with { type: 'json' };
import { inLanguage, type Language } from '../language.ts';
import { localTime } from '../referral/local-time.ts';

/** The words of the page in one language: those of the terms first, so that one thing has one name. */
export const wordsIn = (language: Language) => {
  const table = new Map(
    [...rows, ...terms.filter(({ group }) => ours.has(group))].map(
      (row) => [row.code, inLanguage(row, language)] as const,
    ),
  );
  return (code: string): string => {
    const word = table.get(code);
    if (word === undefined) throw new Error(`no word for ${code}`);
    return word;
  };
};
export type Words = ReturnType<typeof wordsIn>;

/** Groups of the terms whose codes stand beside ours without a clash. */
const ours: ReadonlySet<string> = new Set(['general', 'consent']);

export const countryWord: Readonly<Record<Country, string>> = { kr: 'korea', vn: 'viet-nam' };

/** In both countries, as the clock on each wall says: `2026-11-23 12:00 (Korea), 10:00 (Viet Nam)`. */
export const bothTimes = (at: Instant, language: Language, word: Words): string => {
  const [korea, vietNam] = [localTime('kr', at), localTime('vn', at)];
  const day = (date: string) => (language === 'vi' ? date.split('-').toReversed().join('/') : date);
  const there = korea.date === vietNam.date ? '' : `${day(vietNam.date)} `;
  const [here, other] = [korea.time.slice(0, 5), vietNam.time.slice(0, 5)];
  return `${day(korea.date)} ${here} (${word('korea')}), ${there}${other} (${word('viet-nam')})`;
};
