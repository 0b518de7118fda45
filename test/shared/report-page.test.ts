import { describe, expect, test } from 'vitest';
import type { Instant, Office } from '../../events/envelope.ts';
import rows from '../../shared/data/report.json' with { type: 'json' };
import terms from '../../shared/data/terms.json' with { type: 'json' };
import type { Language } from '../../shared/language.ts';
import { reportOf } from '../../shared/referral/report.ts';
import { escaped } from '../../shared/report/html.ts';
import { pageOf } from '../../shared/report/page.ts';
import { bothTimes, wordsIn } from '../../shared/report/words.ts';
import { log, onward, submitted } from '../support/facts.ts';
import { abroad, home, later, sender, union } from '../support/people.ts';
import {
  accepted,
  consentWithdrawn,
  contentErased,
  disclosed,
  erasureConfirmed,
  newer,
  overridden,
  overrideProposed,
  receiptsRead,
  settled,
} from '../support/steps.ts';

const languages = ['en', 'ko', 'vi'] as const;
const offices = {
  [sender]: { name: { en: 'Invented Centre', ko: '지어낸 센터', vi: 'Trung tâm bịa' } },
  [abroad]: { name: { en: 'Invented Office', vi: 'Văn phòng bịa & <b>một</b>' } },
  [home]: { name: { en: 'Invented Shelter', ko: '지어낸 쉼터', vi: 'Nhà tạm lánh bịa' } },
};

const read = (office: Office, data: object) => {
  const step = disclosed(office);
  return { ...step, data: { ...step.data, ...data } };
};
const begun = onward(
  log(submitted({ lines: [[abroad], [home]] })),
  read(abroad, { stage: 1, grants: ['kr1-1'], role: 'supervisor' }),
  read(home, { grants: ['kr1-4'], role: 'worker' }),
  read(sender, { grants: [] }),
);
const whole = onward(
  begun,
  overrideProposed(home, 'kr5-1'),
  overridden(sender, 'kr5-1', 'kr6-1'),
  read(home, { grants: [] }),
  consentWithdrawn(abroad, 'vn1-1', 'kr1-1', 'kr1-4'),
  settled('confirmed', sender, 'vn1-1'),
  contentErased('kr'),
  erasureConfirmed(abroad),
);
const printed = (facts: typeof begun, language: Language) => {
  const report = reportOf(facts, (office) => office !== home, later(60));
  if (!report) throw new Error('there is no report');
  return pageOf(report, offices, language);
};

describe('the words of the page', () => {
  test('each is there in all three languages, once, and no term has its place', () => {
    const codes = rows.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const taken = terms.filter(({ group }) => ['general', 'consent'].includes(group));
    expect(taken.filter(({ code }) => codes.includes(code))).toEqual([]);
    for (const row of rows)
      for (const language of languages) {
        expect(row[language]).toMatch(/\S/);
        expect(row[language]).toBe(row[language].normalize('NFC'));
      }
  });

  test('none is silently missing', () => {
    expect(() => wordsIn('ko')('invented')).toThrow('no word for invented');
  });

  test('a time is told in both countries, with the date of each where they differ', () => {
    const en = (at: string) => bothTimes(at as Instant, 'en', wordsIn('en'));
    expect(en('2026-11-23T03:00:00.000Z')).toBe('2026-11-23 12:00 (Korea), 10:00 (Viet Nam)');
    expect(en('2026-11-23T15:30:00.000Z')).toBe(
      '2026-11-24 00:30 (Korea), 2026-11-23 22:30 (Viet Nam)',
    );
    expect(bothTimes('2026-11-23T15:30:00.000Z' as Instant, 'vi', wordsIn('vi'))).toBe(
      '24/11/2026 00:30 (Hàn Quốc), 23/11/2026 22:30 (Việt Nam)',
    );
  });
});

describe('her report, printed', () => {
  test.each([
    [
      'ko',
      [
        '담당자',
        '한국의 한 기관',
        '책임자',
        '즉시 차단',
        '지어낸 센터',
        'Invented Office',
        '위급하여',
      ],
    ],
    ['vi', ['Một cơ quan ở Hàn Quốc', 'Đóng ngay lập tức', 'Trung tâm bịa', 'Cán bộ quản lý']],
    ['en', ['An office in Korea', 'Closed at once', 'Destroyed at', 'Backups gone by']],
  ] as const)('is a page of its own in %s', (language, words) => {
    const page = printed(whole, language);
    expect(page).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    for (const word of words) expect(page).toContain(word);
    expect(page).not.toMatch(/<script|<img|<link|https?:|undefined/);
    expect(page).toContain('@page');
  });

  test('a shelter is named in no language, and no staff', () => {
    for (const language of languages)
      for (const hidden of [home, ...Object.values(offices[home]?.name ?? {}), 'sendersworker000'])
        expect(printed(whole, language)).not.toContain(hidden);
  });

  test('says closed at once, destroyed at and backups gone by, for each country', () => {
    const page = printed(whole, 'en');
    expect(page).toContain('<td>2026-11-23 12:08 (Korea), 10:08 (Viet Nam)</td>');
    expect(page).toContain(
      '<tr><td>Korea</td><td>2026-11-23 12:10 (Korea), 10:10 (Viet Nam)</td><td>2026-11-24 12:10 (Korea), 10:10 (Viet Nam)</td></tr>',
    );
    expect(page).toContain('<tr><td>Viet Nam</td><td>Not destroyed</td><td>–</td></tr>');
  });

  test('tells each reading with role, content, way and the consent behind it', () => {
    expect(printed(whole, 'en')).toContain(
      [
        '<tr><td>2026-11-23 12:02 (Korea), 10:02 (Viet Nam)</td><td>Invented Office</td><td>Supervisor</td>',
        '<td>A short summary, without your name</td><td>From Korea to Viet Nam</td>',
        '<td>Consent kr1-1 – Written down by: Invented Centre – 2026-11-23 12:01 (Korea), 10:01 (Viet Nam)</td></tr>',
      ].join(''),
    );
    expect(printed(whole, 'en')).toContain('<td>Not recorded</td>');
    expect(printed(whole, 'en')).toContain('<td>Without your consent, in an emergency</td>');
  });

  test('tells that a law keeps a copy, who can tell her which, and who looked it up', () => {
    const kept = erasureConfirmed(abroad);
    const facts = onward(
      begun,
      contentErased('kr'),
      { ...kept, data: { ...kept.data, kept: true } },
      receiptsRead(sender),
    );
    for (const language of languages)
      for (const code of ['copy-kept', 'saw-receipts', 'by-report'])
        expect(printed(facts, language)).toContain(`<td>${wordsIn(language)(code)}</td>`);
  });

  test('a name is text, whatever is in it', () => {
    const page = printed(whole, 'vi');
    expect(page).toContain('Văn phòng bịa &amp; &lt;b&gt;một&lt;/b&gt;');
    expect(escaped(`<"'&>`)).toBe('&lt;&quot;&#39;&amp;&gt;');
  });

  test('what did not happen is said, and that something cannot be read here', () => {
    const page = printed(log(submitted({ lines: [[abroad, union]] })), 'en');
    expect(page.match(/<p>None\.<\/p>/g)).toHaveLength(4);
    expect(page).not.toContain('Some entries cannot be shown yet');
    expect(printed(onward(begun, newer), 'en')).toContain('Some entries cannot be shown yet');
    const waits = onward(begun, accepted(), consentWithdrawn(sender, 'kr5-1', 'kr1-1'));
    expect(printed(waits, 'en')).toContain('Not confirmed yet; it stays closed');
  });
});
