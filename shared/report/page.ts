import type { Instant } from '../../events/envelope.ts';
import { inLanguage, type Labels, type Language } from '../language.ts';
import type { Report } from '../referral/report.ts';
import type { Named } from '../referral/report-naming.ts';
import type { Reading } from '../referral/report-reads.ts';
import { document, escaped, section } from './html.ts';
import { bothTimes, countryWord, wordsIn } from './words.ts';

type Names = Readonly<Record<string, { readonly name: Labels }>>;

/** The report as a page to print, in her language. `offices`: where the names of those stand that the report names. */
export const pageOf = (report: Report, offices: Names, language: Language): string => {
  const word = wordsIn(language);
  const time = (at: Instant) => bothTimes(at, language, word);
  const name = ({ country, office }: Named): string => {
    const entry = office && offices[office];
    return entry ? inLanguage(entry.name, language) : word(`an-office-${country}`);
  };
  const table = (title: string, columns: readonly string[], rows: readonly string[][]) =>
    section(word(title), columns.map(word), rows, word('none'));
  const leave = ({ by, grants }: Reading): string =>
    by === 'consent'
      ? grants
          .map(({ grant, recordedBy, recordedAt }) =>
            [
              `${word('consent')} ${grant}`,
              `${word('recorded-by')}: ${name(recordedBy)}`,
              time(recordedAt),
            ].join(' – '),
          )
          .join('; ')
      : word(`by-${by}`);

  const paragraphs = [
    word('intro'),
    `${word('referral-number')}: ${report.ref}`,
    `${word('made-at')}: ${time(report.at)}`,
    word('until'),
    ...(report.partial ? [word('partial')] : []),
  ].map((text) => `<p>${escaped(text)}</p>`);
  const tables = [
    table(
      'readings',
      ['when', 'office', 'role', 'saw', 'way', 'leave'],
      report.readings.map((reading) => [
        time(reading.at),
        name(reading.office),
        word(`role-${reading.role ?? 'unknown'}`),
        word(sawWord(reading)),
        word(`way-${reading.direction}`),
        leave(reading),
      ]),
    ),
    table(
      'heard',
      ['when', 'office', 'how'],
      report.heard.map(({ at, office, how }) => [time(at), name(office), word(`how-${how}`)]),
    ),
    table(
      'overrides',
      ['where', 'proposed', 'approved', 'ends'],
      report.overrides.map(({ country, proposed, approved, ends }) => [
        word(countryWord[country]),
        `${name(proposed.office)} – ${time(proposed.at)}`,
        `${name(approved.office)} – ${time(approved.at)}`,
        time(ends),
      ]),
    ),
    table(
      'withdrawals',
      ['closed-at-once', 'recorded-by', 'for-whom', 'then'],
      report.withdrawals.map(({ closed, recordedBy, closes, settled }) => [
        time(closed),
        name(recordedBy),
        closes.map((way) => `${name(way.office)} (${word(`way-${way.direction}`)})`).join('; '),
        settled ? `${word(`settled-${settled.how}`)} – ${time(settled.at)}` : word('settled-not'),
      ]),
    ),
    table(
      'destroyed',
      ['where', 'destroyed-at', 'backups-gone'],
      report.destroyed.map(({ country, at, backupsGone }) => [
        word(countryWord[country]),
        at ? time(at) : word('not-destroyed'),
        backupsGone ? time(backupsGone) : '–',
      ]),
    ),
    table(
      'copies',
      ['office', 'copy', 'when'],
      report.copies.map(({ office, copy, at }) => [
        name(office),
        word(`copy-${copy}`),
        at ? time(at) : '–',
      ]),
    ),
  ];
  return document(language, word('title'), [...paragraphs, ...tables].join(''));
};

/** Her consent, or whose file it is, bounds a case file; else it may have been all of it. */
const sawWord = ({ saw, by }: Reading): string => {
  if (saw !== 'case-file' || by === 'consent') return `saw-${saw}`;
  return by === 'sent' ? 'saw-case-file-sent' : 'saw-case-file-whole';
};
